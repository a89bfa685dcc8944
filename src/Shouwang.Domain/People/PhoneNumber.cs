using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>A mobile number, eleven digits that begin with 1, or a line into a house with its area code; it may be a relative's.
/// 电话号码</summary>
public readonly record struct PhoneNumber
{
    private readonly string _text;

    private PhoneNumber(string text) => _text = text;

    /// <summary>The digits alone: eleven, or ten to twelve of a line into a house.</summary>
    public string Text => _text ?? "";

    /// <summary>The last four digits, which people give to be found by.</summary>
    public string Tail => _text[^4..];

    /// <summary>Reads a number a person typed; spaces, hyphens, brackets and a leading +86, 86 or 0086 are dropped.</summary>
    public static Result<PhoneNumber> From(string? text, string field)
    {
        var digits = string.Concat((text ?? "").Where(c => !" -()".Contains(c, StringComparison.Ordinal)));
        if (digits.StartsWith('+')) digits = digits[1..];
        if (digits.Length == 15 && digits.StartsWith("0086", StringComparison.Ordinal)) digits = digits[2..];
        if (digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal)) digits = digits[2..];

        if (digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return PhoneRefusals.Characters.On(field);
        var isLine = digits.Length is >= 10 and <= 12 && digits[0] == '0' && digits[1] != '0';
        if (digits.Length != 11 && !isLine) return PhoneRefusals.Length.On(field).With("length", digits.Length);
        if (digits[0] != '1' && !isLine) return PhoneRefusals.Prefix.On(field);
        return new PhoneNumber(digits);
    }

    /// <summary>Takes a number this house has checked before.</summary>
    /// <exception cref="ArgumentException">It is no phone number.</exception>
    public static PhoneNumber Of(string text) =>
        From(text, "").IsOk(out var phone, out _) ? phone : throw new ArgumentException("Not a checked phone number.", nameof(text));

    /// <summary>As others may see it: 138****5678.</summary>
    public string Mask() => $"{_text[..3]}****{Tail}";

    /// <summary>Never the number itself: a value that is printed by mistake gives nothing away.</summary>
    public override string ToString() => _text is null ? "" : Mask();
}

/// <summary>What is wrong with a phone number, one cause each.</summary>
public static class PhoneRefusals
{
    public static readonly Refusal Characters = new("people.phone-characters", RefusalKind.Invalid);
    public static readonly Refusal Length = new("people.phone-length", RefusalKind.Invalid);
    public static readonly Refusal Prefix = new("people.phone-prefix", RefusalKind.Invalid);
}
