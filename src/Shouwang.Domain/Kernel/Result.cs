using System.Diagnostics.CodeAnalysis;

namespace Shouwang.Domain.Kernel;

/// <summary>Five ways a rule can say no; each has one HTTP status. 拒绝类别</summary>
public enum RefusalKind { Invalid, Forbidden, NotFound, Conflict, Rule }

/// <summary>A rule said no. A refusal is an answer for a person; a bug is an exception. 拒绝(原因)</summary>
/// <param name="Code">Stable and public: "ledger.not-enough". The words people read are looked up by this code.</param>
/// <param name="Kind">Which of the five kinds it is.</param>
/// <param name="Field">The input it is about, where there is one.</param>
public sealed record Refusal(string Code, RefusalKind Kind = RefusalKind.Rule, string? Field = null)
{
    /// <summary>Numbers and ids the sentence needs; never personal data.</summary>
    public IReadOnlyDictionary<string, object> Facts { get; init; } = new Dictionary<string, object>();

    public Refusal With(string name, object fact) => this with { Facts = new Dictionary<string, object>(Facts) { [name] = fact } };

    public Refusal On(string field) => this with { Field = field };
}

/// <summary>What an operation answers: a value, or the refusal that says why not. 结果</summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    /// <summary>The value of an operation that cannot have been refused.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public bool IsOk([NotNullWhen(true), MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, Refusal);
        return refusal is null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
