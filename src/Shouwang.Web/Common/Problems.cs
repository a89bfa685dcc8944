using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>Says a refusal over HTTP (RFC 9457). The only place that knows status codes.</summary>
public static class Problems
{
    /// <summary>The answer of a use case, or its refusal as problem details.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> ok, Words words) =>
        result.IsOk(out var value, out var refusal) ? ok(value) : refusal.ToProblem(words);

    /// <summary>A refusal as problem details, in the reader's language.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal, Words words)
    {
        var problem = new ProblemDetails { Type = $"/problems/{refusal.Code}", Title = words.Of(refusal), Status = refusal.Status() };
        problem.Extensions["code"] = refusal.Code;
        if (refusal.Field is { } field) problem.Extensions["field"] = field;
        foreach (var (name, fact) in refusal.Facts) problem.Extensions[name] = fact;
        return TypedResults.Problem(problem);
    }

    public static int Status(this Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Rule => StatusCodes.Status422UnprocessableEntity,
        _ => throw new InvalidOperationException($"No status for {refusal.Kind}."),
    };
}
