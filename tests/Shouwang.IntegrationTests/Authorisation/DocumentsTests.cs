using System.Text;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.IntegrationTests.Look;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Authorisation;

public sealed class DocumentsTests
{
    private static string Doc(string name) => Path.Combine(Repository.Root, "docs", name);

    [Fact]
    public async Task The_description_of_the_api_is_the_committed_one()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        await using var house = await OpenHouse.On(database);
        using var answer = await house.Send(HttpMethod.Get, "/openapi/v1.json", null);

        Committed.Agrees(Doc("openapi.json"), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + "\n");
    }

    [Fact]
    public async Task The_permissions_of_roles_and_endpoints_are_the_committed_ones()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        await using var house = await OpenHouse.On(database);
        Committed.Agrees(Doc("permissions.md"), Permissions(Matrix.DoorsOf(house.Services)));
    }

    [Fact]
    public async Task Taking_the_policy_from_any_endpoint_changes_the_committed_permissions()
    {
        await using var database = await TestDatabase.Create(DatabaseKind.Sqlite, TestContext.Current.CancellationToken);
        await using var house = await OpenHouse.On(database);
        var doors = Matrix.DoorsOf(house.Services);
        var committed = await File.ReadAllTextAsync(Doc("permissions.md"), TestContext.Current.CancellationToken);

        Assert.All(doors.Where(d => d.Needs?.AnyOf.Count > 0), door =>
            Assert.NotEqual(committed, Permissions([.. doors.Select(d => d == door ? d with { Needs = new NeedsAttribute() } : d)])));
        Assert.All(doors.Where(d => !d.IsPublic), door =>
            Assert.NotEqual(committed, Permissions([.. doors.Select(d => d == door ? d with { Needs = null, IsPublic = true } : d)])));
    }

    [Fact]
    public void Every_refusal_has_words_and_stands_in_the_committed_list()
    {
        var words = new Words();
        var text = new StringBuilder(
            "# Problems\n\nEvery way in which the house says no, made from the code; each opens at `/problems/{code}`.\n\n");
        text.Append("| code | HTTP | 中文 | English |\n|---|---|---|---|\n");
        var refusals = Refusals();
        Assert.Empty(refusals.Where(r => !words.All("zh-CN").ContainsKey(r.Code)).Select(r => r.Code));
        foreach (var refusal in refusals)
        {
            var (chinese, english) = (words.All("zh-CN")[refusal.Code], words.All("en")[refusal.Code]);
            text.Append($"| {refusal.Code} | {refusal.Status()} | {chinese} | {english} |\n");
        }

        Committed.Agrees(Doc("problems.md"), text.ToString());
    }

    /// <summary>Every refusal written down as a constant, from all three projects.</summary>
    private static List<Refusal> Refusals() =>
    [
        .. new[] { typeof(Entity).Assembly, typeof(House).Assembly, typeof(Words).Assembly }
            .SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(
                System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(Refusal) && !f.DeclaringType!.ContainsGenericParameters)
            .Select(f => (Refusal)f.GetValue(null)!).DistinctBy(r => r.Code).OrderBy(r => r.Code, StringComparer.Ordinal),
    ];

    private static string Permissions(IReadOnlyList<Matrix.Door> doors)
    {
        var text = new StringBuilder(
            "# Permissions\n\nWho may do what, made from `Roles.cs` and from what every endpoint declares. A change here is a decision.\n\n");
        text.Append("## Roles\n\n| permission |");
        foreach (var role in World.Roles) text.Append($" {role} |");
        text.Append($"\n|---|{string.Concat(World.Roles.Select(_ => "---|"))}\n");
        foreach (var permission in Enum.GetValues<Permission>())
        {
            text.Append($"| {permission} |{string.Concat(World.Roles.Select(r => Roles.Allows(r, permission) ? " ● |" : "  |"))}\n");
        }

        text.Append($"\nReach: {string.Join(", ", World.Roles.Select(r => $"{r} {Roles.ReachOf(r)}"))}.\n");
        text.Append("\n## Endpoints\n\n| endpoint | method | needs one of |\n|---|---|---|\n");
        foreach (var door in doors)
        {
            var needs = door.IsPublic ? "public" : door.Needs is not { AnyOf.Count: > 0 } some ? "any post" : string.Join(", ", some.AnyOf);
            text.Append($"| {door.Pattern} | {door.Method} | {needs} |\n");
        }

        return text.ToString();
    }
}
