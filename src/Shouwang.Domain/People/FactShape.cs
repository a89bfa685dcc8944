using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>How the facts of one kind are written: which words are offered, how long a text may be, whether it is sealed. 事实格式</summary>
public sealed record FactShape
{
    private static readonly Dictionary<FactKind, FactShape> s_shapes = new()
    {
        [FactKind.Living] = OneOf<LivingSituation>(),
        [FactKind.Support] = OneOf<SupportCategory>(),
        [FactKind.Ability] = OneOf<AbilityLevel>(),
        [FactKind.BedRidden] = OneOf<Answer>(),
        [FactKind.Residence] = OneOf<Residence>(),
        [FactKind.Absence] = OneOf<Absence>(),
        [FactKind.Registration] = OneOf<Registration>(),
        [FactKind.Classes] = SomeOf<SpecialClasses>(),
        [FactKind.Dialect] = new() { Longest = 20 },
        [FactKind.Reading] = OneOf<Reading>(),
        [FactKind.Household] = new() { Longest = 20 },
        [FactKind.Group] = new() { Longest = 20 },
        [FactKind.PhoneOwner] = OneOf<PhoneOwner>(),
        [FactKind.Phone] = new() { Longest = 20, IsSealed = true },
        [FactKind.SecondPhone] = new() { Longest = 20, IsSealed = true },
        [FactKind.Home] = new() { Longest = 100, IsSealed = true },
        [FactKind.Illnesses] = SomeOf<Illnesses>() with { IsSealed = true },
        [FactKind.Skills] = SomeOf<Skills>(),
        [FactKind.Availability] = SomeOf<Availability>(),
        [FactKind.Insurance] = OneOf<Insurance>(),
        [FactKind.HealthCheck] = OneOf<HealthCheck>(),
        [FactKind.HelperWish] = OneOf<HelperWish>(),
        [FactKind.NeededSkills] = SomeOf<Skills>(),
        [FactKind.VolunteerKinds] = SomeOf<VolunteerKinds>(),
        [FactKind.Remarks] = new() { Longest = 500, IsSealed = true },
    };

    /// <summary>The words to choose from; none for a text.</summary>
    public IReadOnlyList<string> Offered { get; private init; } = [];

    /// <summary>Whether several words may hold at once.</summary>
    public bool Several { get; private init; }

    /// <summary>The longest text.</summary>
    public int Longest { get; private init; }

    /// <summary>Whether it is kept sealed and shown only on purpose.</summary>
    public bool IsSealed { get; private init; }

    private Func<string, string?> Word { get; init; } = text => text;

    /// <summary>How facts of a kind are written.</summary>
    public static FactShape Of(FactKind kind) => s_shapes[kind];

    /// <summary>Reads what was stated: one of the offered words, several of them, or a short text.</summary>
    public Result<string> Read(string? stated)
    {
        var text = (stated ?? "").Trim();
        if (text.Length == 0 && !Several) return PeopleRefusals.FactValue;
        if (Offered.Count == 0) return text.Length <= Longest ? text : PeopleRefusals.FactTooLong.With("most", Longest);
        return Word(text) is { } word ? word : PeopleRefusals.FactValue;
    }

    private static FactShape OneOf<T>() where T : struct, Enum => new()
    {
        Offered = Enum.GetNames<T>(),
        Word = text => Enum.GetNames<T>().Contains(text) ? text : null,
    };

    private static FactShape SomeOf<T>() where T : struct, Enum => new()
    {
        Offered = [.. Enum.GetNames<T>().Where(n => n != "None")],
        Several = true,
        Word = text => text.Length == 0 ? "None"
            : text.Split(',').All(t => Enum.GetNames<T>().Contains(t.Trim())) ? Enum.Parse<T>(text).ToString() : null,
    };
}
