using System.Globalization;
using System.Security.Cryptography;

namespace Shouwang.Application.Common.Crypto;

/// <summary>The file that holds the keys, outside the database: one line per key, readable by its owner alone. 密钥文件</summary>
internal static class KeyFile
{
    private const string Name = "keyring";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The masters by number and the key that all keyed digests are derived from.</summary>
    internal sealed record Keys(IReadOnlyDictionary<uint, byte[]> Masters, byte[] Digest);

    /// <summary>Reads the keys; where there are none yet, makes them. Safe when two programs begin at once.</summary>
    public static Keys ReadOrCreate(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (File.Exists(path)) return Read(path);

        using var held = Lock(directory);
        if (!File.Exists(path)) Write(path, new(new Dictionary<uint, byte[]> { [1] = NewKey() }, NewKey()));
        return Read(path);
    }

    /// <summary>Adds a master key; from the next start on, it wraps what is sealed anew, and the older ones still open what they
    /// wrapped.</summary>
    public static void AddMaster(string directory)
    {
        var path = Path.Combine(directory, Name);
        using var held = Lock(directory);
        var keys = Read(path);
        Write(path, keys with { Masters = new Dictionary<uint, byte[]>(keys.Masters) { [keys.Masters.Keys.Max() + 1] = NewKey() } });
    }

    /// <summary>Puts a key file that came with a backup in its place, private from its first byte on.</summary>
    internal static void Place(string path, byte[] bytes)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, OwnerFolder);
        using var file = new FileStream(path, Private(FileMode.CreateNew));
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(SecretBox.KeyBytes);

    private static Keys Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerFolder) != 0)
        {
            throw new InvalidOperationException($"The keys in {path} can be read by others; make them private with: chmod 600 {path}");
        }

        var masters = new Dictionary<uint, byte[]>();
        byte[]? digest = null;
        foreach (var line in File.ReadAllLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts is ["master", var number, var master])
                masters.Add(uint.Parse(number, CultureInfo.InvariantCulture), Key(master, path));
            else if (parts is ["digest", var root]) digest = Key(root, path);
            else throw new InvalidDataException($"{path} holds a line that is no key.");
        }

        if (masters.Count == 0 || digest is null) throw new InvalidDataException($"{path} lacks a master or the digest key.");
        return new(masters, digest);
    }

    private static byte[] Key(string base64, string path)
    {
        var key = Convert.FromBase64String(base64);
        return key.Length == SecretBox.KeyBytes ? key : throw new InvalidDataException($"{path} holds a key of the wrong length.");
    }

    private static void Write(string path, Keys keys)
    {
        var lines =
            new List<string>
                { "# Shouwang key ring. Without it nothing sealed in the database can be read; keep a copy apart from the backups." };
        lines.AddRange(keys.Masters.OrderBy(m => m.Key).Select(m => $"master {m.Key} {Convert.ToBase64String(m.Value)}"));
        lines.Add($"digest {Convert.ToBase64String(keys.Digest)}");

        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, Private(FileMode.CreateNew)))
        {
            using var text = new StreamWriter(file);
            foreach (var line in lines) text.WriteLine(line);
            text.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Lets one program at a time make keys in a directory, which is made private.</summary>
    internal static FileStream Lock(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, OwnerFolder);

        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new(Path.Combine(directory, Name + ".lock"), Private(FileMode.OpenOrCreate));
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(until) < s_patience)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
