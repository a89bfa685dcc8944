using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Web.Common;

namespace Shouwang.Web.SignIn;

/// <summary>The accounts as a workbook. 账号清单导出</summary>
internal static class AccountListsApi
{
    public static void MapAccountLists(this IEndpointRouteBuilder api) => api.MapGet("/accounts-workbook", GetAccounts).WithTags("SignIn")
        .Needs(Permission.ManageAccounts, Permission.ResetPasswords).WithName("ExportAccounts")
        .WithSummary("The accounts of the area as a workbook, names to sign in with masked.");

    private static Task<IResult> GetAccounts(AccountsOfArea accounts, ListExport export, Actor actor, CancellationToken ct)
    {
        var words = export.Words;
        return export.Send<AccountsOfArea.Line>(
            new("accounts", words["signin.accounts.title"],
            [
                (words["signin.accounts.who"], a => a.Name), (words["signin.name"], a => a.SignInName),
                (words["signin.accounts.posts"], a => Spoken.List(a.Posts.Select(p => $"{words[$"role.{p.Role}"]} {p.Area}"))),
                (words["list.factor"], a => words[a.HasFactor ? "rules.yes" : "rules.no"]),
            ]),
            async part => (await accounts.Run(part, actor, ct)).IsOk(out var view, out var refusal)
                ? new Paged<AccountsOfArea.Line>(view.Lines, view.Page, view.HasMore) : refusal);
    }
}
