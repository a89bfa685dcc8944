using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>One form of a page, sent as a browser without scripts sends it.</summary>
internal sealed partial class PageForm
{
    private readonly string _path, _cookies;
    private readonly Dictionary<string, string> _hidden;

    private PageForm(string path, string cookies, Dictionary<string, string> hidden) =>
        (_path, _cookies, _hidden) = (path, cookies, hidden);

    /// <summary>Opens a page and takes the form of that name.</summary>
    public static async Task<PageForm> Open(OpenHouse house, string path, string name, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, path, cookie);
        answer.EnsureSuccessStatusCode();
        var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];
        var antiforgery = set.FirstOrDefault(c => c.Contains("Antiforgery", StringComparison.Ordinal))?.Split(';')[0];
        var page = await answer.Content.ReadAsStringAsync();
        var handler = $"name=\"_handler\" value=\"{name}\"";
        var form = Form().Matches(page).Select(m => m.Value).Single(f => f.Contains(handler, StringComparison.Ordinal));
        var hidden = Hidden().Matches(form).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        return new(path, $"{cookie}; {antiforgery}", hidden);
    }

    /// <summary>Sends it filled in; a file goes as a part of its own.</summary>
    public Task<HttpResponseMessage> Send(OpenHouse house, Dictionary<string, string> answers, (string Name, string Text)? file = null) =>
        Send(house, answers, file is { } sent ? (sent.Name, Encoding.UTF8.GetBytes(sent.Text)) : default((string, byte[])?));

    /// <summary>The same with a file as it lies on a disk.</summary>
    public async Task<HttpResponseMessage> Send(OpenHouse house, Dictionary<string, string> answers, (string Name, byte[] Bytes)? file)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in _hidden.Concat(answers)) content.Add(new StringContent(value), name);
        if (file is { } sent) content.Add(new ByteArrayContent(sent.Bytes), sent.Name, "file.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, _path) { Content = content };
        request.Headers.Add("Cookie", _cookies);
        return await house.Client.SendAsync(request);
    }

    /// <summary>Presses a button, and reads the page it leads to.</summary>
    public static async Task<string> Pressed(
        OpenHouse house, string path, string name, string cookie, params (string Name, string Value)[] answers)
    {
        var form = await Open(house, path, name, cookie);
        using var answer = await form.Send(house, answers.ToDictionary(a => a.Name, a => a.Value));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await Page(house, answer.Headers.Location!.OriginalString, cookie);
    }

    /// <summary>Reads a page that must open.</summary>
    public static async Task<string> Page(OpenHouse house, string path, string cookie)
    {
        using var answer = await house.Send(HttpMethod.Get, path, cookie);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" """)]
    private static partial Regex Hidden();
}
