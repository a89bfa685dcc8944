using System.Diagnostics.CodeAnalysis;

namespace Shouwang.Domain.Kernel;

/// <summary>The identity of one <typeparamref name="T"/>: a version-7 UUID made where the record is made, often a phone with no signal.
/// 标识</summary>
/// <remarks>The device's clock only orders ids roughly; never read a time out of an id. What the house derives from another id
/// (an outbox delivery, a ledger transaction of a visit) is a version-8 UUID.</remarks>
public readonly record struct Id<T>(Guid Value) : IParsable<Id<T>>
{
#pragma warning disable RS0030 // The one place where ids are made, with the injected clock.
    public static Id<T> New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));
#pragma warning restore RS0030

    public static Id<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not a version-7 UUID.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id<T> result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value) && value.Version is 7 or 8;
        result = ok ? new(value) : default;
        return ok;
    }

    public override string ToString() => Value.ToString("D");
}
