using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Kernel;

namespace Shouwang.Web.Common;

/// <summary>Says a refusal over HTTP (RFC 9457). The only place that knows status codes. 问题详情</summary>
public static class Problems
{
    /// <summary>A refusal that says when to come again carries this fact, in seconds.</summary>
    public const string RetryFact = "retryAfterSeconds";

    /// <summary>The answer of a use case, or its refusal as problem details.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> ok, Words words) =>
        result.IsOk(out var value, out var refusal) ? ok(value) : refusal.ToProblem(words);

    /// <summary>A refusal as problem details, in the reader's language.</summary>
    /// <param name="status">The status when it is not the one of the refusal's kind.</param>
    public static ProblemHttpResult ToProblem(this Refusal refusal, Words words, int? status = null)
    {
        var problem = new ProblemDetails { Type = $"/problems/{refusal.Code}", Title = words.Of(refusal), Status = status
            ?? refusal.Status() };
        problem.Extensions["code"] = refusal.Code;
        if (refusal.Field is { } field) problem.Extensions["field"] = field;
        foreach (var (name, fact) in refusal.Facts) problem.Extensions[name] = fact;
        return TypedResults.Problem(problem);
    }

    /// <summary>Ends a request with a refusal; <see cref="RefusalPages"/> writes it as a page or as problem details.</summary>
    /// <param name="status">The status when it is not the one of the refusal's kind.</param>
    public static void Refuse(this HttpContext http, Refusal refusal, int? status = null)
    {
        http.Items[typeof(Refusal)] = refusal;
        http.Response.StatusCode = status ?? refusal.Status();
        if (refusal.Facts.TryGetValue(RetryFact, out var seconds))
        {
            http.Response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The refusal this request ended with.</summary>
    internal static Refusal? Refused(this HttpContext http) => http.Items[typeof(Refusal)] as Refusal;

    public static int Status(this Refusal refusal) => refusal switch
    {
        _ when refusal.Facts.ContainsKey(RetryFact) => StatusCodes.Status429TooManyRequests,
        _ when refusal.Code == SignInRefusals.NeedsSignIn.Code => StatusCodes.Status401Unauthorized,
        { Kind: RefusalKind.Invalid } => StatusCodes.Status400BadRequest,
        { Kind: RefusalKind.Forbidden } => StatusCodes.Status403Forbidden,
        { Kind: RefusalKind.NotFound } => StatusCodes.Status404NotFound,
        { Kind: RefusalKind.Conflict } => StatusCodes.Status409Conflict,
        { Kind: RefusalKind.Rule } => StatusCodes.Status422UnprocessableEntity,
        _ => throw new InvalidOperationException($"No status for {refusal.Kind}."),
    };
}
