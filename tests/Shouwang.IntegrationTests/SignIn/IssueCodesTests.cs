using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.SignIn;

public sealed partial class IssueCodesTests
{
    [Theory, EachDatabase]
    public async Task A_sheet_opens_an_account_for_everyone_without_one_and_is_the_same_when_printed_twice(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        for (var i = 0; i < 3; i++) await house.Add(house.NewPerson(Village.X, PersonRoles.Volunteer));
        await house.Add(house.NewPerson(Village.Beside, PersonRoles.Volunteer), house.NewPerson(Village.X, PersonRoles.Elder));
        var path = $"/api/v1/code-sheets/{house.NewId()}";

        var first = await Read(await house.Send(HttpMethod.Put, path, cadre, new { role = "Volunteer" }));
        var again = await Read(await house.Send(HttpMethod.Put, path, cadre, new { role = "Volunteer" }));
        var next = await Read(await house.Send(HttpMethod.Put, $"/api/v1/code-sheets/{house.NewId()}", cadre, new { role = "Volunteer" }));

        Assert.Equal(3, first.GetArrayLength());
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(0, next.GetArrayLength());
        var slip = first[0].GetProperty("slip");
        var (name, code) = (slip.GetProperty("name").GetString()!, slip.GetProperty("code").GetString()!);
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/slips/{house.NewId()}", null,
            new { name, slip = code, newPassword = "a fresh word 9" }));
        Assert.Equal(200, (int)(await house.TrySignIn(name, "a fresh word 9")).StatusCode);
    }

    [Theory, EachDatabase]
    public async Task A_sheet_is_for_helpers_and_relatives_only(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));

        Assert.Equal(422, await house.StatusOf(
            HttpMethod.Put, $"/api/v1/code-sheets/{house.NewId()}", cadre, new { role = "VillageCadre" }));
    }

    [Theory, EachDatabase]
    public async Task The_page_that_a_code_opens_knows_the_name_and_asks_for_the_rest(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        using var page = await house.Send(HttpMethod.Get, "/sign-in/slip?name=ACDE-FGHJ", null);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Matches(NameBox(), html);
    }

    [GeneratedRegex("name=\"Input.Name\"[^>]*value=\"ACDE-FGHJ\"")]
    private static partial Regex NameBox();

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer) return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
