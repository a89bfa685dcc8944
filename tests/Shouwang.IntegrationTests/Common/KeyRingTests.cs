using Shouwang.Application.Common.Crypto;
using Xunit;

namespace Shouwang.IntegrationTests.Common;

public sealed class KeyRingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("keyring").FullName;

    private string Keys => Path.Combine(_directory, "keys");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_ring_is_made_once_and_read_the_same_ever_after()
    {
        var made = KeyRing.OpenAt(Keys);

        Assert.Equal(made.Fingerprint, KeyRing.OpenAt(Keys).Fingerprint);
    }

    [Fact]
    public async Task Twelve_that_begin_at_once_share_one_ring()
    {
        var rings = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => KeyRing.OpenAt(Keys).Fingerprint)));

        Assert.Single(rings.Distinct());
    }

    [Fact]
    public void Only_the_owner_may_read_the_keys()
    {
        if (OperatingSystem.IsWindows()) return;
        KeyRing.OpenAt(Keys);
        var file = Path.Combine(Keys, "keyring");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Throws<InvalidOperationException>(() => KeyRing.OpenAt(Keys));
    }

    [Fact]
    public void A_master_added_leaves_the_digests_as_they_were()
    {
        var before = KeyRing.OpenAt(Keys).Fingerprint;

        KeyRing.AddMaster(Keys);

        Assert.Equal(before, KeyRing.OpenAt(Keys).Fingerprint);
        Assert.Equal(2, File.ReadLines(Path.Combine(Keys, "keyring")).Count(l => l.StartsWith("master", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("master 1 AAAA\ndigest AAAA\n")]
    [InlineData("nonsense\n")]
    [InlineData("# empty\n")]
    public void A_damaged_ring_is_not_replaced_by_a_new_one(string text)
    {
        Directory.CreateDirectory(Keys);
        var file = Path.Combine(Keys, "keyring");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Throws<InvalidDataException>(() => KeyRing.OpenAt(Keys));
        Assert.Equal(text, File.ReadAllText(file));
    }
}
