using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>What becomes of a mistake in the program: a plain sentence for whoever asked, the details in the log under the trace id.
/// 故障</summary>
internal sealed class Failures(ILogger<Failures> log) : IExceptionHandler
{
    private const int StorageRetrySeconds = 5;

    /// <summary>The program is wrong.</summary>
    public static readonly Refusal Broken = new("common.broken");

    /// <summary>The house cannot answer now; nothing was changed.</summary>
    public static readonly Refusal Unavailable = new("common.unavailable");

    /// <summary>The house cannot say whether it was stored; asking again under the same number tells.</summary>
    public static readonly Refusal OutcomeUnknown = new("common.outcome-unknown");

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case HouseBusy busy:
                httpContext.Refuse(Unavailable.With(Problems.RetryFact, (int)busy.RetryAfter.TotalSeconds),
                    StatusCodes.Status503ServiceUnavailable);
                break;
            case StorageUnavailable gone:
                log.LogError(exception, "Storage failed, trace {Trace}.", httpContext.TraceIdentifier);
                httpContext.Refuse(
                    (gone.MayBeStored ? OutcomeUnknown : Unavailable).With(Problems.RetryFact, StorageRetrySeconds),
                    StatusCodes.Status503ServiceUnavailable);
                break;
            case BadHttpRequestException bad:
                httpContext.Refuse(CommonRefusals.BadInput, bad.StatusCode);
                break;
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            default:
                log.LogError(exception, "A request failed, trace {Trace}.", httpContext.TraceIdentifier);
                httpContext.Refuse(Broken, StatusCodes.Status500InternalServerError);
                break;
        }

        return ValueTask.FromResult(true);
    }
}
