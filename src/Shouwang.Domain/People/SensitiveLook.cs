using Shouwang.Domain.Kernel;

namespace Shouwang.Domain.People;

/// <summary>Why a sensitive field is looked at; a helper's own duty need not be stated anew each time. 查看目的</summary>
public enum RevealPurpose { Unstated, CallThePerson, VisitTheHome, CheckIdentity, Emergency, PersonAsked, StandingDuty }

/// <summary>The fields that are shown only on purpose. 敏感信息</summary>
public enum SensitiveField { IdNumber = 1, Phone = 2, SecondPhone = 3, Home = 4, Illnesses = 5, Remarks = 6, Everything = 7, Photo = 8 }

/// <summary>That someone looked at a sensitive field of a person: who, when, which and why, never what it said. 查看记录</summary>
public sealed class SensitiveLook : Entity
{
    private SensitiveLook() { }

    public SensitiveLook(Id<SensitiveLook> id, AreaCode area, Id<Person> person, Id<Person> by, DateTimeOffset at) =>
        (Id, Area, Person, By, At) = (id, area, person, by, at);

    public Id<SensitiveLook> Id { get; private init; }

    public Id<Person> Person { get; private init; }

    public Id<Person> By { get; private init; }

    public DateTimeOffset At { get; private init; }

    public SensitiveField Field { get; init; }

    public RevealPurpose Purpose { get; init; }

    /// <summary>The post of the one who looked.</summary>
    public string Role { get; init; } = "";
}
