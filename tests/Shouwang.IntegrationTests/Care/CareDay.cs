using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A village with a volunteer and the couple she looks after.</summary>
internal sealed class CareDay : IAsyncDisposable
{
    public static readonly VisitReport Well = new(VisitWay.Door, VisitOutcome.Done, ServiceItems.Visit, Condition.Well);

    private CareDay(Village village) => Village = village;

    public Village Village { get; }

    public Person Wife { get; private set; } = null!;

    public Person Husband { get; private set; } = null!;

    public Person Helper { get; private set; } = null!;

    public Actor Volunteer { get; private set; } = null!;

    public static async Task<CareDay> On(TestDatabase database)
    {
        var village = await Village.On(database);
        var day = new CareDay(village)
        {
            Wife = await village.With("李大娘", PersonRoles.Elder, age: 82), Husband = await village.With("李大爷", PersonRoles.Elder, age: 84),
            Helper = await village.With("张秀英", PersonRoles.Volunteer, age: 58),
        };
        await village.Pair(day.Wife, day.Helper);
        await village.Pair(day.Husband, day.Helper);
        day.Volunteer = village.As(day.Helper, Role.Volunteer, day.Wife, day.Husband);
        return day;
    }

    public Id<Visit> NewVisit() => Id<Visit>.New(Village.Clock);

    public DateTimeOffset Ago(int minutes) => Village.Clock.GetUtcNow().AddMinutes(-minutes);

    /// <summary>A call on the wife, so many minutes ago.</summary>
    public RecordVisit.Command Call(int startedAgo, int endedAgo) =>
        new(NewVisit(), Wife.Id, Helper.Id, Ago(startedAgo), Ago(endedAgo), Well);

    public Task<Result<RecordVisit.Receipt>> Record(RecordVisit.Command command) =>
        Village.Get<RecordVisit>().Run(command, Volunteer, default);

    /// <summary>The visits that stand.</summary>
    public Task<List<Visit>> Visits() =>
        Village.Get<Workspace>().Read(Village.House, db => db.Visits.OrderBy(v => v.StartedAt).ToListAsync());

    public ValueTask DisposeAsync() => Village.DisposeAsync();
}
