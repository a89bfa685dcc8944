using Shouwang.Application.Pairing;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Web.Common;
using Shouwang.Web.Components;
using Shouwang.Web.People;

namespace Shouwang.Web.Pairing;

/// <summary>Wishes and what would help, in the reader's words. 结对用语</summary>
internal static class PairingWords
{
    /// <summary>Whom an elder asks for: "a woman volunteer who can do: bedside care".</summary>
    public static string Who(Words words, PairingWish wish)
    {
        var who = words[$"pairing.who.{wish.Sex}"];
        return wish.Needs == Skills.None ? who
            : words["pairing.who.with-skills", ("who", who), ("skills", FactWords.Value(words, FactKind.NeededSkills, $"{wish.Needs}"))];
    }

    /// <summary>Why this one was proposed: what speaks for them, who would suit better, and what that would cost whom.</summary>
    public static string Reason(Words words, PairReason why)
    {
        var good = Bonds(words, why.Bonds).Concat(why.Way is { } way ? [words["pairing.bond.way", ("metres", way)]] : []).ToList();
        return Spoken.Sentences(
        [
            good.Count == 0 ? null : words["pairing.reason.for", ("for", Spoken.List(good))],
            words[
                $"pairing.reason.{why.Code}", ("better", why.Better), ("why", BetterFor(words, why)), ("has", why.BetterHas),
                ("plan", why.PlanLoss)],
            why.Code == "better-is-full" ? Cost(words, why) : null,
            why.ByGroup ? words["pairing.by-group"] : null,
        ]);
    }

    /// <summary>What speaks for the one who would suit better.</summary>
    private static string BetterFor(Words words, PairReason why)
    {
        var good = (why.Nearer > 0 ? [words["pairing.bond.nearer", ("metres", why.Nearer)]] : Array.Empty<string>())
            .Concat(Bonds(words, why.BetterBonds)).ToList();
        return good.Count > 0 ? Spoken.List(good) : words["pairing.bond.None"];
    }

    /// <summary>What it would cost whom to give her that one.</summary>
    private static string Cost(Words words, PairReason why)
    {
        var which = why switch
        {
            { Displaced: null } => why.PlanLoss > 0 ? "plan" : "same",
            { Farther: null } => "nobody",
            { PlanLoss: <= 0 } => "same",
            { Farther: > 0 } => "farther",
            { Lost: not PairBonds.None } => "lost",
            _ => "plan",
        };
        return words[
            $"pairing.move.{which}", ("displaced", why.Displaced), ("metres", why.Farther), ("plan", why.PlanLoss),
            ("lost", Spoken.List(Bonds(words, why.Lost)))];
    }

    private static IEnumerable<string> Bonds(Words words, PairBonds bonds) =>
        Enum.GetValues<PairBonds>().Where(b => b != PairBonds.None && bonds.HasFlag(b)).Select(b => words[$"pairing.bond.{b}"]);

    /// <summary>Why nobody was found for an elder, and who would help.</summary>
    public static string Help(Words words, string why, ListPairs.Waiting elder) => words[
        $"pairing.reason.{why}", ("within", elder.Within), ("group", elder.Group), ("who", Who(words, elder.Wish))];
}
