namespace Shouwang.IntegrationTests.Look;

/// <summary>Where the sources are, seen from a test.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    private static string Find()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Shouwang.slnx"))) return here.FullName;
        }

        throw new InvalidOperationException("The tests run inside the repository.");
    }
}
