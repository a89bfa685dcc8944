using Microsoft.AspNetCore.DataProtection;
using Shouwang.Application.Common.Crypto;
using Shouwang.Domain.Kernel;
using Shouwang.Web;
using Xunit;

namespace Shouwang.IntegrationTests.SignIn;

/// <summary>The keys that sign cookies and forms, on the disk.</summary>
public sealed class WebKeysTests
{
    [Fact]
    public async Task Keys_of_cookies_lie_sealed_on_the_disk_and_a_second_start_still_opens_what_the_first_one_signed()
    {
        var directory = Directory.CreateTempSubdirectory("shouwang-webkeys-");
        try
        {
            var (kept, _) = await Start(directory, p => p.Protect("cookie"));
            var (opened, files) = await Start(directory, p => p.Unprotect(kept));

            Assert.Equal("cookie", opened);
            var file = await File.ReadAllTextAsync(Assert.Single(files));
            Assert.Contains("<sealed", file, StringComparison.Ordinal);
            Assert.DoesNotContain("masterKey", file, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<(string, string[])> Start(DirectoryInfo directory, Func<IDataProtector, string> act)
    {
        var site = new Application.Common.HouseSite(directory.FullName);
        await using var app = ShouwangHost.Build(site, new("http://127.0.0.1:0", TimeProvider.System) { WithBackgroundWork = false });
        var done = act(app.Services.GetDataProtectionProvider().CreateProtector("test"));
        return (done, Directory.GetFiles(Path.Combine(KeyRing.DirectoryOf(site.DataDirectory), "web"), "*.xml"));
    }
}
