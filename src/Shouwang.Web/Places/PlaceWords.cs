using Shouwang.Application.Places;
using Shouwang.Domain.Places;
using Shouwang.Web.Common;

namespace Shouwang.Web.Places;

/// <summary>Places in the reader's words. 场所用语</summary>
internal static class PlaceWords
{
    /// <summary>How many elders and volunteers, and what is missing.</summary>
    public static string Sentence(Words words, Compliance compliance) => words[
        compliance.IsMet ? "places.line" : "places.line.missing",
        ("elders", compliance.Elders), ("volunteers", compliance.Volunteers),
        ("missingElders", compliance.MissingElders), ("missingVolunteers", compliance.MissingVolunteers)];

    /// <summary>The household that gives its rooms: its number, and who lives there.</summary>
    public static string Host(Words words, ShowPlace.View place) => place.HostPeople.Count == 0 ? place.HostNumber
        : words["places.host.says", ("number", place.HostNumber), ("people", Spoken.List(place.HostPeople))];

    /// <summary>The days on which it is open.</summary>
    public static string Days(Words words, OpeningDays days) => days == OpeningDays.None
        ? words["register.unknown"]
        : Spoken.List(Enum.GetValues<OpeningDays>().Where(d => d != OpeningDays.None && days.HasFlag(d))
            .Select(d => words[$"places.day.{d}"]));
}
