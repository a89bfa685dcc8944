using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Shouwang.Application.Common;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>What a relative reads on every page and endpoint that is open to relatives, whatever is added later: before the elder agreed to
/// relatives seeing it, no helper's full name, no condition, no reading, no emergency.</summary>
public sealed partial class KinViewTests
{
    /// <summary>Writes that a relative may send about themselves; their answers hold ids.</summary>
    private static readonly string[] s_ofOneself =
        ["WithdrawConsent", "ChangePassword", "SwitchPost", "EnrolFactor", "RevokeSession", "SignOut"];

    /// <summary>What is not about a visit: entries of the seal, of which there are none here, and the elder's own file, which only a
    /// mandate opens.</summary>
    private static readonly string[] s_elsewhere =
        ["ProveEntry", "ProveConsistency", "ShowCheckpoint", "/seal/{Entry}", "PersonFile", "DownloadPersonFile"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Of_an_elder_who_was_never_asked_no_answer_names_a_helper_a_condition_or_a_reading(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var home = await KinHome.In(house, Word.NeverAsked);

        var answers = await Walk(home);

        SayNothingOf(answers, [.. home.Secrets, KinHome.Remarks, KinHome.Neighbour]);
        Assert.Equal(
            ["/incidents/{Incident}", "/people/{Person}/readings", "IncidentSheet", "ReadingsOf"],
            answers.Where(a => a.Status is 404 or 422).Select(a => a.Door).Except(s_elsewhere).Order(StringComparer.Ordinal));
        foreach (var masked in new[] { "/today", "/visits", "/visits/{Visit}", "/pairs", "MyElders", "ExportVisits", "SignatureList" })
            Assert.Contains(answers, a => a.Door == masked && Says(a.Text, "欧**英"));
        Assert.Contains("老人同意后才显示更多", answers.First(a => a.Door == "/visits/{Visit}").Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Of_an_elder_who_took_it_back_no_answer_says_anything(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var home = await KinHome.In(house, Word.TakenBack);

        SayNothingOf(await Walk(home), [.. home.Secrets, KinHome.Remarks, home.Elder.Name]);
    }

    [Theory, EachDatabase]
    public async Task Of_an_elder_who_agreed_the_answers_say_all_of_it(TestDatabase database)
    {
        await using var house = await OpenHouse.On(database);
        var home = await KinHome.In(house, Word.Agreed);

        var answers = await Walk(home);

        Assert.All(home.Secrets, s => Assert.Contains(answers, a => Says(a.Text, s)));
        SayNothingOf(answers, [KinHome.Remarks, KinHome.Neighbour]);
        var visit = answers.First(a => a.Door == "/visits/{Visit}").Text;
        foreach (var said in new[] { KinHome.Helpers[0], KinHome.Value, "要紧，需要马上有人管" })
            Assert.Contains(said, visit, StringComparison.Ordinal);
        Assert.DoesNotContain("老人同意后才显示更多", visit, StringComparison.Ordinal);
        Assert.All(
            answers.Where(a => a.IsRead && !s_elsewhere.Contains(a.Door)), a => Assert.True(a.Status == 200, $"{a.Door}: {a.Status}"));
    }

    private static void SayNothingOf(List<Answer> answers, string[] secrets)
    {
        var said = from answer in answers from secret in secrets where Says(answer.Text, secret) select $"{answer.Door} says {secret}.";
        Assert.Empty(said);
    }

    /// <param name="IsRead">Asked with GET.</param>
    private sealed record Answer(string Door, bool IsRead, int Status, string Text);

    /// <summary>Asks everything a relative may ask, each visit and month by itself.</summary>
    private static async Task<List<Answer>> Walk(KinHome home)
    {
        var doors = Matrix.DoorsOf(home.House.Services).Where(d => !d.IsPublic && d.Needs!.Admits(Role.Family)).ToList();
        Assert.True(doors.Count(d => d.Method == HttpMethod.Get) > 50);
        var answers = new List<Answer>();
        foreach (var door in doors.Where(d => !s_ofOneself.Contains(d.Name)).OrderBy(d => d.Method != HttpMethod.Get))
        {
            answers.Add(await Ask(home, door, $"{home.Visit}"));
            if (door.Pattern.Contains("/visits/{", StringComparison.Ordinal)) answers.Add(await Ask(home, door, $"{home.Confirmed}"));
        }

        return answers;
    }

    private static async Task<Answer> Ask(KinHome home, Matrix.Door door, string visit)
    {
        var path = PathOf(home, door, visit);
        using var answer = await home.House.Send(door.Method, path, home.Cookie, BodyOf(home, door));
        var isUnderstood = answer.StatusCode != HttpStatusCode.BadRequest || s_elsewhere.Contains(door.Name);
        Assert.True((int)answer.StatusCode < 500 && isUnderstood, $"{door.Method} {path}: {answer.StatusCode}");
        // A page repeats its own address, to come back to it in another language.
        var text = (await TextOf(answer)).Replace(path, "", StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(path), "", StringComparison.Ordinal);
        return new(door.Name, door.Method == HttpMethod.Get, (int)answer.StatusCode, text);
    }

    /// <summary>The address of what belongs to the elder; an endpoint with a new kind of value needs a line here.</summary>
    private static string PathOf(KinHome home, Matrix.Door door, string visit)
    {
        var parts = door.Pattern.Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            if (!parts[i].StartsWith('{')) continue;
            parts[i] = parts[i - 1] switch
            {
                "people" or "elders" => $"{home.Elder.Id}",
                "visits" => visit,
                "incidents" => $"{home.Incident}",
                "pairs" => $"{home.Pair.Id}",
                "households" => $"{home.Roof.Id}",
                "facts" => "Living",
                "signature-lists" => "2026-03",
                "remarks" or "files" or "saves" or "entries" or "seal" => $"{home.House.NewId()}",
                _ => throw new InvalidOperationException($"{door.Pattern}: say here which {parts[i]} of the elder's home is asked for."),
            };
        }

        return string.Join('/', parts) + (door.Name == "ListVisits" ? "?from=2026-03-01&to=2026-03-31" : "");
    }

    private static object? BodyOf(KinHome home, Matrix.Door door) => door.Name switch
    {
        _ when door.Method == HttpMethod.Get => null,
        "ReadRemarks" => new { purpose = "VisitTheHome" },
        "VerifyVisit" => new { id = home.House.NewId(), how = "Relative" },
        "VerifyList" => new { visits = new[] { home.Visit.Value } },
        "PersonFile" or "DownloadPersonFile" => null,
        _ => throw new InvalidOperationException(
            $"{door.Name}: give its body here, or name it among what a relative sends about themselves."),
    };

    /// <summary>A page, an answer or a whole workbook as plain text.</summary>
    private static async Task<string> TextOf(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        if (answer.Content.Headers.ContentType?.MediaType != ListWorkbook.MediaType) return Plain(Encoding.UTF8.GetString(bytes));
        using var book = new ZipArchive(new MemoryStream(bytes));
        var text = new StringBuilder();
        foreach (var part in book.Entries)
        {
            using var reader = new StreamReader(await part.OpenAsync(Ct));
            text.Append(await reader.ReadToEndAsync(Ct));
        }

        return Plain(text.ToString());
    }

    /// <summary>Without the escapes of HTML and JSON, so that a name is found however it is written.</summary>
    private static string Plain(string text) =>
        Escaped().Replace(WebUtility.HtmlDecode(text), m => $"{(char)Convert.ToInt32(m.Groups[1].Value, 16)}");

    private static bool Says(string text, string what) => text.Contains(what, StringComparison.Ordinal);

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escaped();
}
