using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>Which region codes an ID number may begin with: those of real provinces only, or also the fictional 99 of the demo.
/// 地区码检查</summary>
public enum RegionCheck { Provinces, ProvincesAndFiction }

/// <summary>A citizen's ID number per GB 11643-1999: six digits region, eight of birth, three of sequence, one check character.
/// 公民身份号码</summary>
/// <remarks>Always held in its 18-character form with an upper-case X; the legacy 15 digits are converted when read.</remarks>
public readonly record struct NationalId
{
    private const string Checks = "10X98765432";
    private const string Provinces =
        " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 ";

    private static readonly int[] s_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private readonly string _text;

    private NationalId(string text) => _text = text;

    /// <summary>The 18 characters.</summary>
    public string Text => _text ?? "";

    /// <summary>The six-digit code of the region that issued it.</summary>
    public string Region => _text[..6];

    public DateOnly Born => DateOnly.ParseExact(_text.AsSpan(6, 8), "yyyyMMdd");

    /// <summary>Odd sequence numbers are men's, even ones women's.</summary>
    public Sex Sex => (_text[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Reads a number a person typed, or says which of its parts is wrong.</summary>
    /// <param name="text">18 characters, or the 15 digits of the legacy form; a small x is accepted.</param>
    /// <param name="field">The input it came from, for the refusal.</param>
    /// <param name="today">No one is born after this day.</param>
    public static Result<NationalId> From(string? text, string field, DateOnly today, RegionCheck regions)
    {
        var id = (text ?? "").Trim().ToUpperInvariant();
        if (id.Length is not (15 or 18)) return IdRefusals.Length.On(field).With("length", id.Length);
        if (!Spelled(id)) return IdRefusals.Characters.On(field);
        if (id.Length == 15) id = Complete($"{id[..6]}19{id[6..]}");
        if (!Known(id[..2], regions)) return IdRefusals.Region.On(field);
        if (!DateOnly.TryParseExact(id.AsSpan(6, 8), "yyyyMMdd", out var born)) return IdRefusals.Birth.On(field);
        if (born > today) return IdRefusals.Future.On(field);
        if (CheckOf(id.AsSpan(0, 17)) != id[17]) return IdRefusals.CheckDigit.On(field);

        return new NationalId(id);
    }

    /// <summary>Takes a number this house has checked before, as from its vault.</summary>
    /// <exception cref="ArgumentException">It is not 18 characters with a right check character.</exception>
    public static NationalId Of(string text) =>
        text.Length == 18 && Spelled(text) && CheckOf(text.AsSpan(0, 17)) == text[17]
            ? new NationalId(text)
            : throw new ArgumentException("Not a checked ID number.", nameof(text));

    /// <summary>Adds the check character (ISO 7064 MOD 11-2) to the first seventeen digits.</summary>
    public static string Complete(string seventeen) => seventeen + CheckOf(seventeen);

    /// <summary>As others may see it: 1101**********002X.</summary>
    public string Mask() => $"{_text[..4]}**********{_text[14..]}";

    /// <summary>Never the number itself: a value that is printed by mistake gives nothing away.</summary>
    public override string ToString() => _text is null ? "" : Mask();

    private static bool Spelled(string id)
    {
        var digits = id.Length == 18 && id[17] == 'X' ? id.AsSpan(0, 17) : id;
        return !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static bool Known(string province, RegionCheck regions) =>
        Provinces.Contains($" {province} ", StringComparison.Ordinal) || (regions == RegionCheck.ProvincesAndFiction && province == "99");

    private static char CheckOf(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < s_weights.Length; i++) sum += s_weights[i] * (digits[i] - '0');
        return Checks[sum % 11];
    }
}

/// <summary>What is wrong with an ID number, one cause each.</summary>
public static class IdRefusals
{
    public static readonly Refusal Length = new("people.id-length", RefusalKind.Invalid);
    public static readonly Refusal Characters = new("people.id-characters", RefusalKind.Invalid);
    public static readonly Refusal Region = new("people.id-region", RefusalKind.Invalid);
    public static readonly Refusal Birth = new("people.id-birth", RefusalKind.Invalid);
    public static readonly Refusal Future = new("people.id-future", RefusalKind.Invalid);
    public static readonly Refusal CheckDigit = new("people.id-check-digit", RefusalKind.Invalid);
}
