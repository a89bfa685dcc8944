using Xunit;

namespace Shouwang.Tests.Tidy;

/// <summary>What a check found; a check is green when it found nothing.</summary>
internal static class Findings
{
    /// <summary>Fails and lists every finding, with the rule that was broken.</summary>
    public static void None(string rule, IEnumerable<string> found)
    {
        var all = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{rule}\n  {string.Join("\n  ", all)}");
    }
}
