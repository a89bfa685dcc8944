using System.Globalization;
using System.Net;
using Shouwang.Domain.Kernel;

namespace Shouwang.Chaos.Harness;

/// <summary>People who only look: the sign-in page, the page of the day of a helper and of an officer, a month's statement. Each gets a
/// page, or is told "not now" and when to come again; anything else is odd.</summary>
internal sealed class PageReader(Arena arena, OperationLog log)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);

    /// <summary>Who looks while a trial runs.</summary>
    private const int Readers = 2;

    /// <summary>Lets a few people look until they are told to stop.</summary>
    public static Task Several(Arena arena, OperationLog log, CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, Readers).Select(_ => Task.Run(() => new PageReader(arena, log).Run(stop), CancellationToken.None)));

    /// <summary>Looks at one page after the other until told to stop.</summary>
    private async Task Run(CancellationToken stop)
    {
        using var stranger = new HttpClient { BaseAddress = arena.Address };
        var pages = Pages(stranger);
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var (client, path) = pages[turn % pages.Count];
            await Look(client, path, stop);
            await Task.Delay(s_between, CancellationToken.None);
        }
    }

    private List<(HttpClient Client, string Path)> Pages(HttpClient stranger)
    {
        var month = Days.Of(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return
        [
            (stranger, "/sign-in"), (arena.Givers[0], "/today"), (arena.Officer, "/today"), (arena.Givers[^1], "/hours"),
            (arena.Officer, $"/villages/{arena.People[0].Area}/statements/{month}"),
        ];
    }

    private async Task Look(HttpClient client, string path, CancellationToken stop)
    {
        var asking = log.Begins(path);
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), stop);
            await answer.Content.LoadIntoBufferAsync(stop);
            var isNotNow = answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null;
            var isAPage = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found;
            var odd = isAPage || isNotNow ? null : $"{path} answered {answer.StatusCode:d}";
            log.Reads(answer.StatusCode == HttpStatusCode.OK, isNotNow, odd);
        }
        catch (Exception e) when (NoAnswer.Is(e))
        {
            if (!stop.IsCancellationRequested) log.PageGoesUnanswered();
        }
        finally
        {
            log.Ends(asking);
        }
    }
}
