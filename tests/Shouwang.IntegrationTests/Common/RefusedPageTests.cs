using System.Net;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Shouwang.Web.Common;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

public sealed class RefusedPageTests
{
    [Theory, EachDatabase]
    public async Task A_page_of_something_that_is_not_there_says_so_in_words(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var cookie = await house.SignIn(await house.Someone(Role.Volunteer, new(Village.X), PersonRoles.Volunteer));

        using var answer = await house.Send(HttpMethod.Get, $"/elders/{Id<Person>.New(house.Clock)}/visit", cookie);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(new Words().All("zh-CN")[CommonRefusals.NotFound.Code], page, StringComparison.Ordinal);
    }
}
