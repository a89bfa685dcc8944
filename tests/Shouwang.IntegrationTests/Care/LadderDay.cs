using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Domain.Care;
using Shouwang.Domain.Duties;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;
using Shouwang.IntegrationTests.Infrastructure;

namespace Shouwang.IntegrationTests.Care;

/// <summary>A village with everyone an overdue visit can climb to.</summary>
internal sealed class LadderDay : IAsyncDisposable
{
    private LadderDay(Village village) => Village = village;

    public Village Village { get; }

    public Person Elder { get; private set; } = null!;

    public Person Helper { get; private set; } = null!;

    public Person Understudy { get; private set; } = null!;

    public Person Manager { get; private set; } = null!;

    public Person Cadre { get; private set; } = null!;

    public Person Officer { get; private set; } = null!;

    public Actor Volunteer => Village.As(Helper, Role.Volunteer, Elder);

    /// <param name="bare">Without an understudy, a point's manager and a cadre.</param>
    public static async Task<LadderDay> On(TestDatabase database, bool bare = false)
    {
        var village = await Village.On(database);
        var day = new LadderDay(village)
        {
            Elder = await village.With("李大娘", PersonRoles.Elder, age: 67), Helper = await village.With("张秀英", PersonRoles.Volunteer),
            Understudy = await village.With("吴大姐", PersonRoles.Volunteer),
            Manager = await village.With("刘点长", PersonRoles.Volunteer), Cadre = await village.With("赵主任", PersonRoles.Official),
            Officer = await village.With("孙科员", PersonRoles.Official, Village.X.Parent),
        };
        var point = new Place(Id<Place>.New(village.Clock), Village.X, PlaceKind.Point, "李家互助点");
        await village.Add(
            new Post(Id<Post>.New(village.Clock), day.Officer.Id, Role.TownshipOfficer, new(Village.X.Parent), village.Today));
        if (bare)
        {
            await village.Pair(day.Elder, day.Helper, null, village.Today.AddDays(-30));
            return day;
        }

        point.Join(day.Elder.Id, MemberPart.Elder, village.Today);
        point.Join(day.Manager.Id, MemberPart.Manager, village.Today);
        await village.Add(point, new Post(Id<Post>.New(village.Clock), day.Cadre.Id, Role.VillageCadre, new(Village.X), village.Today));
        await village.Pair(day.Elder, day.Helper, point, village.Today.AddDays(-30), day.Understudy);
        return day;
    }

    public Guid NewId() => Id<Visit>.New(Village.Clock).Value;

    public async Task<WatchVisits.Receipt> Look() =>
        (await Village.Get<WatchVisits>().Run(new(NewId(), Village.X), Village.House, default)).Value;

    public async Task<ClimbDuties.Receipt> Climb() =>
        (await Village.Get<ClimbDuties>().Run(new(NewId(), Village.X), Village.House, default)).Value;

    public Task<Duty> Duty() => Village.Get<Workspace>().Read(Village.House, db => db.Duties.SingleAsync());

    public Task<int> Count<T>(Func<ShouwangDb, IQueryable<T>> rows) =>
        Village.Get<Workspace>().Read(Village.House, db => rows(db).CountAsync());

    public Task<Result<RecordVisit.Receipt>> Record(VisitOutcome outcome) => Village.Get<RecordVisit>().Run(
        new(Id<Visit>.New(Village.Clock), Elder.Id, Helper.Id, Village.Clock.GetUtcNow().AddMinutes(-20), Village.Clock.GetUtcNow(),
            CareDay.Well with { Outcome = outcome }), Volunteer, default);

    /// <summary>The elder goes to hospital today.</summary>
    public Task Leave() => Is(Absence.Hospital);

    public Task ComeHome() => Is(Absence.Home);

    private Task Is(Absence absence) => Village.Get<Store>().Writer.Run<bool>(
        async unit =>
        {
            unit.Look(Village.House);
            var elder = await unit.Db.People.SingleAsync(p => p.Id == Elder.Id);
            elder.Learn(FactKind.Absence, absence, Village.Today, unit.Now);
            await unit.Save(default);
            return new(true, true);
        },
        default);

    public ValueTask DisposeAsync() => Village.DisposeAsync();
}
