using Shouwang.Application.Common.Seals;
using Xunit;

namespace Shouwang.Tests.Ledger;

/// <summary>A new key is trusted when the old one says so, and only then.</summary>
public sealed class KeySuccessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-key").FullName;

    [Fact]
    public void Trust_goes_from_key_to_key_as_each_has_signed_and_no_further()
    {
        using var first = SealKey.Open(_folder);
        SealKey.Rotate(_folder);
        using var second = SealKey.Open(_folder);
        SealKey.Rotate(_folder);
        using var third = SealKey.Open(_folder);

        Assert.Equal([first.PublicKey, second.PublicKey, third.PublicKey], third.All);
        Assert.Equal(third.All, KeySuccession.Trail(first.PublicKey, third.Past));
        Assert.Equal([second.PublicKey, third.PublicKey], KeySuccession.Trail(second.PublicKey, third.Past));

        // A stranger puts a key of their own in the place of the second.
        using var stranger = SealKey.Open(Path.Combine(_folder, "stranger"));
        var forged = third.Past[0] with { New = stranger.PublicKey };
        Assert.Equal([first.PublicKey], KeySuccession.Trail(first.PublicKey, [forged]));
    }

    [Fact]
    public void A_key_that_never_came_into_its_place_is_as_if_it_had_never_been()
    {
        using var first = SealKey.Open(_folder);
        var kept = File.ReadAllBytes(Path.Combine(_folder, "seal.key"));
        SealKey.Rotate(_folder);
        File.WriteAllBytes(Path.Combine(_folder, "seal.key"), kept);

        using (var again = SealKey.Open(_folder)) Assert.Equal([first.PublicKey], again.All);
        SealKey.Rotate(_folder);
        using var second = SealKey.Open(_folder);
        Assert.Equal([first.PublicKey, second.PublicKey], second.All);
    }

    [Fact]
    public void Statements_that_lead_elsewhere_stop_the_house()
    {
        SealKey.Open(_folder).Dispose();
        SealKey.Rotate(_folder);
        SealKey.Rotate(_folder);
        var past = Path.Combine(_folder, "seal.past");
        File.WriteAllLines(past, File.ReadAllLines(past).Reverse());

        Assert.Throws<InvalidDataException>(() => SealKey.Open(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
