using System.CommandLine;
using Shouwang.Application.Common;
using Shouwang.Application.Common.Crypto;
using Shouwang.Application.Common.Seals;
using Shouwang.Cli.Common;

namespace Shouwang.Cli.Keeping;

/// <summary>`shouwang keys rotate`: new keys in the place of the old ones, which still open and prove what they made.</summary>
internal static class KeysCommands
{
    /// <param name="Master">The number of the key that wraps and marks from the next start on.</param>
    /// <param name="SealKey">The name of the key that signs checkpoints from the next start on.</param>
    private sealed record Rotated(int Master, string SealKey);

    public static Command Create()
    {
        var command = new Command(
            "rotate", "Makes a new master key and a new signing key; stop the server first. Old values, marks and checkpoints stay valid.");
        var data = new DataOptions().AddTo(command);
        command.SetAction(parsed => Rotate(KeyRing.DirectoryOf(data.Site(parsed).DataDirectory), parsed.GetValue(data.Json)));
        return new("keys", "The keys of the house.") { command };
    }

    private static void Rotate(string directory, bool json)
    {
        _ = KeyRing.OpenAt(directory);
        KeyRing.AddMaster(directory);
        SealKey.Rotate(directory);
        using var key = SealKey.Open(directory);
        var rotated = new Rotated(KeyRing.OpenAt(directory).Newest, key.KeyId);
        Console.Out.WriteLine(
            json ? System.Text.Json.JsonSerializer.Serialize(rotated, HouseJson.Options)
            : $"master key {rotated.Master}, signing key {rotated.SealKey}; used from the next start on. Back up the key folder now.");
    }
}
