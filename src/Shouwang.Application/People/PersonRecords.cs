using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Health;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.Pairing;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.People;

/// <summary>What the register keeps on a person besides their identity, with everything that no longer holds. 登记资料</summary>
/// <param name="Facts">Every fact ever learned, the replaced ones included.</param>
/// <param name="Relations">Who belongs to them, and to whom they belong.</param>
public sealed record PersonRecords(
    IReadOnlyList<FactRecord> Facts, IReadOnlyList<RelationRecord> Relations, IReadOnlyList<ConsentRecord> Consents,
    IReadOnlyList<MandateRecord> Mandates, IReadOnlyList<DepartureRecord> Departures);

/// <summary>What was done for a person and by them, and where they belong. 服务与经历</summary>
public sealed record PersonDoings(
    IReadOnlyList<MembershipRecord> Memberships, IReadOnlyList<PairRecord> Pairs, IReadOnlyList<VisitRecord> Visits,
    IReadOnlyList<ReadingRecord> Readings, IReadOnlyList<IncidentRecord> Incidents, IReadOnlyList<BalanceRecord> Balances,
    IReadOnlyList<PostRecord> Posts);

/// <summary>One fact with its history. 事实</summary>
public sealed record FactRecord(
    FactKind Kind, string Says, DateOnly From, DateOnly? To, DateTimeOffset LearnedAt, DateTimeOffset? ReplacedAt);

/// <summary>One relation. 关系</summary>
/// <param name="IsRelative">Whether the other belongs to this person; otherwise this person belongs to the other.</param>
public sealed record RelationRecord(string Name, RelationKind Kind, bool IsRelative, int Contact, DateOnly? EndedOn);

/// <summary>One consent. 同意</summary>
public sealed record ConsentRecord(
    ConsentPurpose Purpose, int TextVersion, ConsentMethod Method, string Witness, string OnBehalf, DateTimeOffset GivenAt,
    DateTimeOffset? WithdrawnAt);

/// <summary>One mandate: given to another, or held for another. 代办授权</summary>
public sealed record MandateRecord(
    string For, string Agent, MandateMatters Matters, DateOnly From, DateOnly Until, IReadOnlyList<DateTimeOffset> Used);

/// <summary>That they died or moved away. 离开</summary>
public sealed record DepartureRecord(DepartureKind Kind, DateOnly Day, DateTimeOffset RecordedAt, DateTimeOffset? UndoneAt);

/// <summary>A place they belong or belonged to. 成员身份</summary>
public sealed record MembershipRecord(string Place, MemberPart Part, DateOnly From, DateOnly? To);

/// <summary>A pair they are or were part of. 结对</summary>
public sealed record PairRecord(string Elder, string Volunteer, PairState State, DateOnly? From, DateOnly? To);

/// <summary>A visit to them or by them. 探访</summary>
/// <param name="Remarks">What was remarked of them; empty for a visit they made to somebody else.</param>
public sealed record VisitRecord(
    DateTimeOffset StartedAt, string Elder, string Volunteer, int Minutes, VisitReport Report, VisitState State, string Remarks);

/// <summary>What was measured of them. 读数</summary>
public sealed record ReadingRecord(DateTimeOffset At, ReadingKind Kind, string Value, string By);

/// <summary>An emergency of theirs. 紧急情况</summary>
public sealed record IncidentRecord(DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, IncidentResult? Result);

/// <summary>What an account of theirs holds: minutes, or fen. 余额</summary>
public sealed record BalanceRecord(Book Book, long Balance);

/// <summary>A post they hold or held. 岗位</summary>
public sealed record PostRecord(Role Role, AreaCode Area, DateOnly From, DateOnly? To);

/// <summary>That someone looked. 查看记录</summary>
public sealed record LookLine(DateTimeOffset At, string By, string Role, SensitiveField Field, RevealPurpose Purpose);
