using CsCheck;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Care;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Care;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Care;

/// <summary>Whatever is recorded, confirmed and put right in whatever order: a volunteer has what the standing visits credit, and the book
/// sums to zero.</summary>
public sealed class CorrectionModelTests
{
    /// <summary>A day credits so much at most (rule timebank.daily-credit-cap).</summary>
    private const int DayCap = 480;

    private enum Step { Record, Verify, Correct, Deliver }

    [Theory, EachDatabase]
    public async Task A_volunteer_has_what_the_standing_visits_credit(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 5], Gen.Int[10, 240]).Array[4, 24];
        await steps.SampleAsync(async run => await (await Run.In(village)).All(run), iter: 15, threads: 1);

        Assert.True((await village.Get<VerifyLedger>().Run(village.House, default)).Value.IsSound);
        Assert.Equal(0, await village.Get<Workspace>().Read(
            village.House, db => db.Accounts.Where(a => a.Book == Book.Hours).SumAsync(a => a.Balance)));
    }

    private sealed class Known(Id<Visit> id, DateTimeOffset start)
    {
        public Id<Visit> Id { get; set; } = id;
        public DateTimeOffset Start => start;
        public int Minutes { get; set; }
        public bool IsVerified { get; set; }
        public int Credited { get; set; }
    }

    private sealed class Run(Village village, Person elder, Person helper)
    {
        private readonly List<Known> _visits = [];
        private readonly Queue<(Known Visit, Id<Visit> Id)> _onTheWay = [];

        public static async Task<Run> In(Village village) =>
            new(village, await village.With("李大娘", PersonRoles.Elder), await village.With("张秀英", PersonRoles.Volunteer));

        public async Task All((Step Step, int Which, int Minutes)[] steps)
        {
            foreach (var (step, which, minutes) in steps)
            {
                if (step == Step.Deliver) await Deliver();
                else if (step == Step.Record) await Record(minutes);
                else if (_visits.Count == 0) continue;
                else if (step == Step.Verify) await Verify(_visits[which % _visits.Count]);
                else await Correct(_visits[which % _visits.Count], minutes);
                village.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Deliver();
            var hours = (await village.Get<HoursOf>().Run(helper.Id, village.House, default)).Value;
            Assert.Equal(_visits.Sum(v => v.Credited), hours.Balance);
            Assert.Equal(hours.Balance, hours.Lines.Sum(l => l.Minutes));
            Assert.Equal(hours.Balance, await CreditedToStanding());
        }

        /// <summary>Three visits a day, five hours apart, from yesterday backwards.</summary>
        private async Task Record(int minutes)
        {
            var day = village.Today.AddDays(-1 - (_visits.Count / 3));
            var start = Days.At(day, new(6 + (_visits.Count % 3 * 5), 0));
            var visit = new Known(Id<Visit>.New(village.Clock), start) { Minutes = minutes };
            _ = (await village.Get<RecordVisit>().Run(
                new(visit.Id, elder.Id, helper.Id, start, start.AddMinutes(minutes), CareDay.Well), village.House, default)).Value;
            _visits.Add(visit);
        }

        private async Task Verify(Known visit)
        {
            var answer = await village.Get<VerifyVisit>().Run(
                new(Id<Visit>.New(village.Clock).Value, visit.Id, VerificationWay.PaperList), village.House, default);
            Assert.Equal(visit.IsVerified ? CareRefusals.AlreadyVerified : null, answer.Refusal);
            if (visit.IsVerified) return;
            visit.IsVerified = true;
            _onTheWay.Enqueue((visit, visit.Id));
        }

        private async Task Correct(Known visit, int minutes)
        {
            var id = Id<Visit>.New(village.Clock);
            var told = new ToldCall([elder.Id], helper.Id, visit.Start, visit.Start.AddMinutes(minutes), CareDay.Well);
            _ = (await village.Get<CorrectVisit>().Run(new(id, visit.Id, told), village.House, default)).Value;
            (visit.Id, visit.Minutes, visit.IsVerified, visit.Credited) = (id, minutes, false, 0);
        }

        /// <summary>Credits arrive in the order of the confirmations; that of a visit that gave way does not arrive any more.</summary>
        private async Task Deliver()
        {
            await village.Settle();
            while (_onTheWay.TryDequeue(out var next))
            {
                if (next.Visit.Id != next.Id) continue;
                var already = _visits.Where(v => Days.Of(v.Start) == Days.Of(next.Visit.Start)).Sum(v => v.Credited);
                next.Visit.Credited = Math.Min(next.Visit.Minutes, DayCap - already);
            }
        }

        private Task<int> CreditedToStanding() => village.Get<Workspace>().Read(village.House, async db =>
        {
            var standing = await db.Visits.Where(v => v.Volunteer == helper.Id).Select(v => v.Id).ToListAsync();
            var credits = await db.Credits.Where(c => c.Volunteer == helper.Id).ToListAsync();
            return credits.Where(c => standing.Contains(new(c.Visit))).Sum(c => c.Credited);
        });
    }
}
