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

    /// <summary>Why this one was proposed.</summary>
    public static string Reason(Words words, ListPairs.Reason why)
    {
        var reason = words[
            why.Code == "better-is-full" && why.Displaced is null ? "pairing.reason.better-is-full.nobody" : $"pairing.reason.{why.Code}",
            ("better", why.Better), ("gain", why.Gain), ("displaced", why.Displaced), ("loss", why.DisplacedLoss), ("plan", why.PlanLoss)];
        return why.ByGroup ? words["pairing.by-group", ("reason", reason)] : reason;
    }

    /// <summary>Why nobody was found for an elder, and who would help.</summary>
    public static string Help(Words words, string why, ListPairs.Waiting elder) => words[
        $"pairing.reason.{why}", ("within", elder.Within), ("group", elder.Group), ("who", Who(words, elder.Wish))];
}
