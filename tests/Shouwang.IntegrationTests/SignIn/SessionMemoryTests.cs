using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.SignIn;

/// <summary>Who stands behind a session is remembered for seconds, and never beyond a change.</summary>
public sealed class SessionMemoryTests
{
    [Theory, EachDatabase]
    public async Task What_another_process_revokes_ends_within_five_seconds(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        Assert.Equal(200, await Ask(house, cookie));

        await using (var elsewhere = await database.Open(TestContext.Current.CancellationToken))
        {
            await using var revoke = elsewhere.CreateCommand();
            revoke.CommandText = """UPDATE signin_session SET "Revoked" = "Issued" """;
            await revoke.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        house.Clock.Advance(SessionMemory.Life);
        Assert.Equal(401, await Ask(house, cookie));
    }

    [Theory, EachDatabase]
    public async Task A_post_that_ends_here_ends_the_remembered_session_at_once(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cadre = await house.Someone(Role.VillageCadre, new(Village.X));
        var officer = await house.SignIn(await house.Someone(Role.TownshipOfficer, new(Village.X.At(Domain.Kernel.AreaLevel.Township))));
        var cookie = await house.SignIn(cadre);
        Assert.Equal(200, await Ask(house, cookie));

        Assert.Equal(200, await house.StatusOf(HttpMethod.Delete, $"/api/v1/posts/{cadre.Post.Id}", officer));

        Assert.Equal(401, await Ask(house, cookie));
    }

    [Theory, EachDatabase]
    public async Task That_one_session_was_seen_makes_nobody_elses_be_looked_up_anew(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        Assert.Equal(200, await Ask(house, cookie));
        var (mark, seen) = (house.Get<Store>().Access.Current, await LastSeen(house));

        house.Clock.Advance(house.Get<SignInRules>().SeenEvery);
        Assert.Equal(200, await Ask(house, cookie));

        Assert.Equal(mark, house.Get<Store>().Access.Current);
        Assert.True(await LastSeen(house) > seen);
    }

    private static Task<DateTimeOffset> LastSeen(OpenHouse house) => house.Get<Workspace>().Read(
        Actor.System(Domain.Kernel.AreaCode.Nation), db => db.SignInSessions.MaxAsync(s => s.LastSeen));

    private static Task<int> Ask(OpenHouse house, string cookie) => house.StatusOf(HttpMethod.Get, "/api/v1/me", cookie);
}
