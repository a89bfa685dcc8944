using Xunit;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>Files that are made from the code and committed, so that a change of them is seen and decided.
/// They are written anew with: SHOUWANG_WRITE=1 ./test, or the same variable before one test project.</summary>
internal static class Committed
{
    public static void Agrees(string path, string made)
    {
        if (Environment.GetEnvironmentVariable("SHOUWANG_WRITE") == "1") File.WriteAllText(path, made);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", made);
    }
}
