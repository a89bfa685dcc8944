using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Rules;

namespace Shouwang.Application.Care;

/// <summary>Writes down a call on an elder, a couple or a household: when, how, what was done, how they were found. 记录探访</summary>
public sealed class RecordVisit(Workspace work, Rulebook rulebook, RemarkVault vault)
{
    /// <param name="Id">The visit's id, made where it is recorded.</param>
    /// <param name="Volunteer">Who went; helpers can only record their own visits.</param>
    public sealed record Command(
        Id<Visit> Id, Id<Person> Elder, Id<Person> Volunteer, DateTimeOffset StartedAt, DateTimeOffset EndedAt, VisitReport Report)
            : ICommand
    {
        public Guid CommandId => Id.Value;

        /// <summary>Others of the household who were visited on the same call.</summary>
        public IReadOnlyList<Id<Person>> Others { get; init; } = [];

        public string? Remarks { get; init; }

        public IReadOnlyList<VitalSign> Readings { get; init; } = [];

        internal ToldCall Told => new([Elder, .. Others], Volunteer, StartedAt, EndedAt, Report) { Remarks = Remarks, Readings = Readings };
    }

    /// <param name="Minutes">Minutes of the whole call, counted once.</param>
    /// <param name="Incident">The emergency sheet that an urgent finding opened.</param>
    public sealed record Receipt(Id<Visit> Id, int Minutes, Id<Incident>? Incident = null);

    public Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct) =>
        work.Write<Receipt>(command, actor, unit => Record(unit, command, ct), ct);

    private async Task<Result<Receipt>> Record(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var book = new CallBook(unit, rulebook, vault);
        return (await book.Write(command.Id, command.Told, null, ct)).IsOk(out var visits, out var refusal)
            ? new Receipt(command.Id, visits.Sum(v => v.Minutes), book.Opened) : refusal;
    }
}
