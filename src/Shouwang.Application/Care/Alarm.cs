using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.Care;

/// <summary>An emergency as those hear of it who have to answer it, until somebody is on the way. 报警</summary>
/// <param name="Id">Its sheet; for one that is not stored yet, the sheet it will have unless the elder has an open one already.</param>
/// <param name="By">Who reported it.</param>
/// <param name="IsStored">Whether its sheet can be opened; otherwise only this process and its alarm journal know of it.</param>
public sealed record Alarm(
    Id<Incident> Id, Id<Person> Elder, AreaCode Area, Id<Person> By, DateTimeOffset At, bool IsStored)
{
    /// <summary>Whether it concerns somebody who answers emergencies.</summary>
    internal bool IsFor(Common.Actor actor) => actor.May(Common.Permission.AnswerIncidents, Area) && actor.Sees(Elder);
}
