using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Shouwang.Web.Common;
using Shouwang.Web.Components;
using Xunit;

namespace Shouwang.IntegrationTests.Look;

public sealed class ViewTests
{
    [Fact]
    public async Task The_reading_view_is_kept_in_a_cookie_and_drawn_by_the_server()
    {
        await using var app = await Start();
        var http = app.GetTestClient();

        var kept = await Post(http, "/view", ("size", "24"), ("contrast", "more"), ("return", "/look?x=1"));
        var page = await Get(http, "/look", Cookie(kept));

        Assert.Equal((HttpStatusCode.Redirect, "/look?x=1"), (kept.StatusCode, kept.Headers.Location!.ToString()));
        Assert.Contains("""<html lang="zh-CN" data-size="24" data-contrast="more">""", page);
        Assert.Contains("""<html lang="zh-CN">""", await Get(http, "/look", null));
    }

    [Fact]
    public async Task The_language_is_kept_in_a_cookie_and_written_on_the_page()
    {
        await using var app = await Start();
        var http = app.GetTestClient();

        var kept = await Post(http, "/language", ("language", "en"), ("return", "/look"));
        var page = await Get(http, "/look", Cookie(kept));

        Assert.Contains("<html lang=\"en\"", page);
        Assert.Contains("The look", page);
        Assert.Contains("样式一览", await Get(http, "/look", null));
    }

    [Theory]
    [InlineData("999-blue")]
    [InlineData("\"><script>")]
    [InlineData("")]
    public async Task A_view_nobody_offers_is_the_houses_own(string cookie)
    {
        await using var app = await Start();

        Assert.Contains("<html lang=\"zh-CN\">",
            await Get(app.GetTestClient(), "/look", $"{ReadingView.Cookie}={Uri.EscapeDataString(cookie)}"));
    }

    [Theory]
    [InlineData("/care/visits?day=1", "/care/visits?day=1")]
    [InlineData("/", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Only_a_path_of_this_house_is_gone_back_to(string? asked, string expected) =>
        Assert.Equal(expected, ViewApi.LocalPath(asked));

    [Fact]
    public async Task Chinese_is_sent_as_it_is_and_not_as_numbers()
    {
        await using var app = await Start();
        var page = await Get(app.GetTestClient(), "/look", null);

        Assert.Contains("李桂兰", page);
        Assert.DoesNotContain("&#x", page.Replace("&#x2B;", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Assets_are_kept_for_good_under_their_version_and_asked_again_without_it()
    {
        await using var app = await Start();
        var http = app.GetTestClient();
        var address = Asset.Href("css/site.css");

        using var versioned = await http.GetAsync(address);
        using var plain = await http.GetAsync("/css/site.css");
        using var again =
            new HttpRequestMessage(HttpMethod.Get, "/css/site.css") { Headers = { { "If-None-Match", plain.Headers.ETag!.Tag } } };
        using var unchanged = await http.SendAsync(again);

        Assert.Contains("immutable", versioned.Headers.CacheControl!.ToString());
        Assert.Contains("no-cache", plain.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("1945-3-2")]
    [InlineData("1945-03-02")]
    [InlineData("1945/3/2")]
    [InlineData("1945.3.2")]
    [InlineData("1945年3月2日")]
    [InlineData(" 1945 年 3 月 2 日 ")]
    [InlineData("１９４５－３－２")]
    [InlineData("19450302")]
    public void A_day_is_read_the_way_people_write_it(string written) => Assert.Equal(new DateOnly(1945, 3, 2), WrittenDay.Of(written));

    [Theory]
    [InlineData("1945-13-2")]
    [InlineData("1945-2-30")]
    [InlineData("45-3-2")]
    [InlineData("1945")]
    [InlineData("昨天")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_day_is_not_guessed(string? written) => Assert.Null(WrittenDay.Of(written));

    private static async Task<WebApplication> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.AddShouwangLook();
        var app = builder.Build();
        app.UseShouwangLook();
        app.MapShouwangLook();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string path, params (string, string)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await http.PostAsync(path, form);
    }

    private static string Cookie(HttpResponseMessage kept) => kept.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private static async Task<string> Get(HttpClient http, string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
