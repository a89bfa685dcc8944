using Shouwang.Domain.People;

namespace Shouwang.Application.People;

/// <summary>A village of no real persons, drawn by shares that are known of rural China. 示例花名册</summary>
/// <remarks>Ages and sexes: rural age structure of 2020 and the share of men in each band. Ability: pooled prevalence by age (60–69 10.8 %,
/// 70–79 21.2 %, from 80 on 47.0 %). Living situation: 59.7 % empty nest, 14.2 % alone (survey of 2021). The split of the remaining
/// shares (left behind 8 %, support categories, degrees of lost ability) is our own assumption. ID numbers carry the fictional region
/// 990101, phone numbers the prefix 100, which no one has.</remarks>
internal sealed class SampleRoster
{
    /// <summary>The day the ages are counted on.</summary>
    public static readonly DateOnly AsOf = new(2026, 1, 1);

    private const double EmptyNest = 0.597;
    private const double Alone = 0.142;
    private const double LeftBehind = 0.08;
    private const double VolunteersPerElder = 34.0 / 96;

    private static readonly (int From, int To, double Share, double Men)[] s_bands =
    [
        (60, 64, 0.2556, 0.502), (65, 69, 0.2890, 0.493), (70, 74, 0.1936, 0.477), (75, 79, 0.1220, 0.460),
        (80, 84, 0.0796, 0.425), (85, 89, 0.0423, 0.375), (90, 94, 0.0143, 0.317), (95, 99, 0.0036, 0.230),
    ];

    private static readonly (double Share, SupportCategory Category)[] s_support =
        [(0.03, SupportCategory.ExtremeHardship), (0.08, SupportCategory.MinimumAllowance), (0.04, SupportCategory.MinimumAllowanceEdge)];

    private static readonly (double Share, AbilityLevel Level)[] s_lost =
        [(0.70, AbilityLevel.Mild), (0.17, AbilityLevel.Moderate), (0.09, AbilityLevel.Severe), (0.04, AbilityLevel.Complete)];

    private readonly Random _random;
    private readonly SampleNames _names;
    private readonly SampleVillage _village;
    private readonly HashSet<string> _ids = [];
    private int _phones;

    private SampleRoster(int elders, int seed)
    {
        _random = new(seed);
        _names = new(_random);
        _village = new(_random, elders);
    }

    /// <summary>Everyone of the village, in the order of the sheet: elders, volunteers, village doctors.</summary>
    public static IReadOnlyList<RosterRow> People(int elders, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(elders, 1);
        var sample = new SampleRoster(elders, seed);
        var old = sample.Elders(elders);
        var helpers = sample.Volunteers(old, (int)Math.Round(elders * VolunteersPerElder, MidpointRounding.AwayFromZero));
        var doctors = Enumerable.Range(0, Math.Max(1, elders / 48)).Select(_ => sample.Doctor()).ToList();
        return [.. old, .. helpers, .. doctors];
    }

    private List<RosterRow> Elders(int count)
    {
        var people = new List<RosterRow>();
        var quotas = Quotas(count, [.. s_bands.Select(b => b.Share)]);
        for (var b = 0; b < s_bands.Length; b++)
        {
            var men = Quotas(quotas[b], [s_bands[b].Men, 1 - s_bands[b].Men])[0];
            for (var i =
                0; i < quotas[b]; i++) people.Add(Elder(i < men ? Sex.Male : Sex.Female, _random.Next(s_bands[b].From, s_bands[b].To + 1)));
        }

        var shuffled = people.OrderBy(_ => _random.Next()).ToList();
        var couples = Couples(shuffled, (int)(count * EmptyNest / 2)).ToList();
        var single = shuffled.Except(couples.SelectMany(c => c)).ToList();
        var housed = couples.ConvertAll(c => c.Select(p => p with { Living = LivingSituation.EmptyNest }).ToArray());
        var (alone, left) = ((int)Math.Round(count * Alone), (int)Math.Round(count * LeftBehind));
        housed.AddRange(single.Select((p, i) => new[]
        {
            p with { Living = i < alone ? LivingSituation.LivingAlone : i < alone + left ? LivingSituation.LeftBehind
                : LivingSituation.WithFamily },
        }));

        var settled = housed.Select(Settle).OrderBy(h => _village.GroupNumber(h[0].Group))
            .ThenBy(h => h[0].Household, StringComparer.Ordinal);
        return _village.ServeByPoints(settled, count);
    }

    private RosterRow Elder(Sex sex, int age)
    {
        var lossShare = age < 70 ? 0.108 : age < 80 ? 0.212 : 0.470;
        var ability = _random.NextDouble() < lossShare ? Drawn(s_lost, AbilityLevel.Mild) : AbilityLevel.Intact;
        return Person(PersonRoles.Elder, sex, age, _random.NextDouble() < 0.7) with
        {
            Ability = ability,
            Support = Drawn(s_support, SupportCategory.None),
        };
    }

    private RosterRow Person(PersonRoles role, Sex sex, int age, bool hasPhone)
    {
        var born = AsOf.AddYears(-age).AddDays(-_random.Next(365));
        var name = _names.Name(_names.Surname(), sex, born.Year);
        return new(default, role, name, sex, born, Id(sex, born), hasPhone ? Phone() : null, "", "");
    }

    /// <summary>Pairs men and women of about the same age who live together without children.</summary>
    private static IEnumerable<RosterRow[]> Couples(List<RosterRow> people, int count)
    {
        var men = people.Where(p => p.Sex == Sex.Male).Take(count).OrderBy(p => p.Born).ToList();
        var women = people.Where(p => p.Sex == Sex.Female).Take(count).OrderBy(p => p.Born).ToList();
        return men.Zip(women, (m, w) => new[] { m, w });
    }

    /// <summary>Gives a household its number, group, home and a child with a phone.</summary>
    private RosterRow[] Settle(RosterRow[] household)
    {
        var (group, number, home) = _village.Plot();
        var sex = _random.Next(2) == 0 ? Sex.Male : Sex.Female;
        var surname = household[0].Sex == Sex.Male ? household[0].Name[0] : _names.Surname();
        var child =
            new RosterRelative(_names.Name(surname, sex, household[^1].Born.Year + _random.Next(21, 30)), RelationKind.Child, Phone());
        return [.. household.Select(p => p with { Group = group, Household = number, Home = home, Relative = child })];
    }

    private List<RosterRow> Volunteers(List<RosterRow> elders, int count)
    {
        var people = Enumerable.Range(0, count).Select(_ =>
        {
            var (group, number, home) = _village.Plot();
            var sex = _random.NextDouble() < 0.65 ? Sex.Female : Sex.Male;
            return Person(PersonRoles.Volunteer, sex, _random.Next(50, 70), true) with { Group = group, Household = number, Home = home };
        });
        return SampleVillage.Teams(elders, [.. people.OrderBy(p => _village.GroupNumber(p.Group))]);
    }

    private RosterRow Doctor()
    {
        var (group, number, home) = _village.Plot();
        var sex = _random.Next(2) == 0 ? Sex.Male : Sex.Female;
        return Person(PersonRoles.VillageDoctor, sex, _random.Next(35, 61), true) with { Group = group, Household = number, Home = home };
    }

    private NationalId Id(Sex sex, DateOnly born)
    {
        while (true)
        {
            var sequence = (_random.Next(500) * 2) + (sex == Sex.Male ? 1 : 0);
            var text = NationalId.Complete($"990101{born:yyyyMMdd}{sequence:000}");
            if (!text.EndsWith("000", StringComparison.Ordinal) && _ids.Add(text)) return NationalId.Of(text);
        }
    }

    private PhoneNumber Phone() => PhoneNumber.Of($"100{(_phones++ * 7_919L + 20_260_101) % 100_000_000:00000000}");

    private T Drawn<T>((double Share, T Value)[] shares, T otherwise)
    {
        var at = _random.NextDouble();
        foreach (var (share, value) in shares)
        {
            if ((at -= share) < 0) return value;
        }

        return otherwise;
    }

    /// <summary>Splits a count by shares so that the parts add up: largest remainders first.</summary>
    private static int[] Quotas(int count, double[] shares)
    {
        var exact = shares.Select(s => s / shares.Sum() * count).ToArray();
        var quotas = exact.Select(e => (int)e).ToArray();
        var missing = count - quotas.Sum();
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => exact[i] - quotas[i]).Take(missing)) quotas[i]++;
        return quotas;
    }
}
