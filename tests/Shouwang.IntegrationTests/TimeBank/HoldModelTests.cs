using CsCheck;
using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.TimeBank;

/// <summary>Any order of giving, setting aside, paying, cancelling, reversing, drawing from a pool and letting time pass: the real books
/// say what a few lines of arithmetic say.</summary>
public sealed class HoldModelTests
{
    private const int People = 3;
    private const int Begin = 60;
    private static int s_area;

    private enum Step { Give, Reserve, Pay, Void, Reverse, Grant, Fill, Wait, Sweep }

    [Theory, EachDatabase]
    public async Task The_books_do_what_the_model_says_whatever_the_order(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, People - 1], Gen.Int[0, People - 1], Gen.Long[1, 70]).Array[5, 40];
        await steps.SampleAsync(async run => await new Run(village).All(run), iter: 12, threads: 1);
        await village.Settle();
        var found = (await village.Get<VerifyLedger>().Run(village.House, default)).Value;
        Assert.True(found.IsSound, string.Join(", ", found.First));
    }

    private sealed class Held(Id<Hold> id, int from, int to, long amount, DateTimeOffset until)
    {
        public Id<Hold> Id => id;
        public int From => from;
        public int To => to;
        public long Amount => amount;
        public bool IsEnded { get; set; }

        public bool KeepsAt(DateTimeOffset now) => !IsEnded && now < until;
    }

    private sealed class Run(Village village)
    {
        private readonly AreaCode _area = new(990101100300 + Interlocked.Increment(ref s_area));
        private readonly Guid[] _people = [.. Enumerable.Range(0, People).Select(_ => Id<Person>.New(TimeProvider.System).Value)];
        private readonly long[] _has = new long[People];
        private readonly List<Held> _holds = [];
        private readonly List<(Id<Transaction> Id, int From, int To, long Amount)> _given = [];
        private long _pool;

        private DateTimeOffset Now => village.Clock.GetUtcNow();

        public async Task All((Step Step, int A, int B, long Amount)[] steps)
        {
            for (var i = 0; i < People; i++) await Begins(i);
            foreach (var (step, a, b, amount) in steps) await One(step, a, b, amount);
            for (var i = 0; i < People; i++)
            {
                var account = await In(async unit => (await Take(unit, i))[0]);
                Assert.Equal((_has[i], Kept(i)), (account.Balance, account.Held));
            }

            var pool = await In(unit => unit.Books.TakeWholePool(Book.Hours, _area, default));
            Assert.Equal(_pool, pool.Sum(s => s.Balance));
        }

        private Task One(Step step, int a, int b, long amount) => step switch
        {
            Step.Give => Give(a, b, amount),
            Step.Reserve => Reserve(a, b, amount),
            Step.Pay => Pay(a, amount),
            Step.Void => Void(a),
            Step.Reverse => Reverse(),
            Step.Grant => Grant(a, amount),
            Step.Fill => Fill(amount),
            Step.Sweep => village.Get<HoldWatch>().Round(default),
            _ => Wait(amount),
        };

        private async Task Begins(int person)
        {
            await In(async unit =>
            {
                var (bank, own) = await TakeWithBank(unit, person);
                return (await unit.Post(Slip("test.given"), bank, own, Begin, default)).Value;
            });
            _has[person] = Begin;
        }

        private async Task Give(int from, int to, long amount)
        {
            var slip = Slip("test.moved");
            var refusal = await In(async unit =>
            {
                var accounts = await Take(unit, from, to);
                return (await unit.Post(slip, accounts[0], accounts[^1], amount, default)).Refusal?.Code ?? "";
            });
            if (!Expect(from == to ? "ledger.same-account" : Free(from) < amount ? "ledger.not-enough" : "", refusal)) return;
            Moved(from, to, amount);
            _given.Add((slip.Id, from, to, amount));
        }

        private async Task Reserve(int from, int to, long amount)
        {
            var slip = new HoldSlip(Id<Hold>.New(TimeProvider.System), _area, "test.held", Now, Now.AddMinutes(60));
            var refusal = await In(async unit =>
            {
                var accounts = await Take(unit, from, to);
                return (await unit.Reserve(slip, accounts[0], accounts[^1], amount, default)).Refusal?.Code ?? "";
            });
            if (!Expect(from == to ? "ledger.same-account" : Free(from) < amount ? "ledger.not-enough" : "", refusal)) return;
            _holds.Add(new(slip.Id, from, to, amount, slip.Until));
        }

        private async Task Pay(int which, long amount)
        {
            if (_holds.Count == 0) return;
            var held = _holds[which % _holds.Count];
            var id = Id<Transaction>.New(TimeProvider.System);
            var refusal = (await village.Get<PayHold>().Run(new(id, held.Id, (int)amount), village.House, default)).Refusal?.Code ?? "";
            if (!Expect(Over(held) ?? (amount > held.Amount ? "ledger.beyond-hold" : ""), refusal)) return;
            held.IsEnded = true;
            Moved(held.From, held.To, amount);
            _given.Add((id, held.From, held.To, amount));
        }

        private async Task Void(int which)
        {
            if (_holds.Count == 0) return;
            var held = _holds[which % _holds.Count];
            var command = new VoidHold.Command(Id<Hold>.New(TimeProvider.System).Value, held.Id);
            var refusal = (await village.Get<VoidHold>().Run(command, village.House, default)).Refusal?.Code ?? "";
            if (Expect(Over(held) ?? "", refusal)) held.IsEnded = true;
        }

        private async Task Reverse()
        {
            if (_given.Count == 0) return;
            var wrong = _given[^1];
            var command = new ReverseTransaction.Command(Id<Transaction>.New(TimeProvider.System), wrong.Id, ReversalReason.NotDone);
            var refusal = (await village.Get<ReverseTransaction>().Run(command, village.House, default)).Refusal?.Code ?? "";
            if (!Expect(Free(wrong.To) < wrong.Amount ? "ledger.not-enough" : "", refusal)) return;
            _given.RemoveAt(_given.Count - 1);
            Moved(wrong.To, wrong.From, wrong.Amount);
        }

        private async Task Grant(int to, long amount)
        {
            var refusal = await In(async unit =>
                (await unit.PayFromPool(Slip("test.granted"), (await Take(unit, to))[0], amount, default)).Refusal?.Code ?? "");
            if (!Expect(_pool < amount ? "ledger.not-enough" : "", refusal)) return;
            (_pool, _has[to]) = (_pool - amount, _has[to] + amount);
        }

        private async Task Fill(long amount)
        {
            await In(async unit => (await unit.FillPool(Slip("test.filled"), (await TakeWithBank(unit, 0)).Bank, amount, default)).Value);
            _pool += amount;
        }

        private Task Wait(long minutes)
        {
            village.Clock.Advance(TimeSpan.FromMinutes(minutes));
            return Task.CompletedTask;
        }

        private bool Expect(string said, string refusal)
        {
            Assert.Equal(said, refusal);
            return said.Length == 0;
        }

        private string? Over(Held held) => held.IsEnded ? "ledger.hold-ended" : held.KeepsAt(Now) ? null : "ledger.hold-expired";

        private long Kept(int person) => _holds.Where(h => h.From == person && h.KeepsAt(Now)).Sum(h => h.Amount);

        private long Free(int person) => _has[person] - Kept(person);

        private void Moved(int from, int to, long amount) => (_has[from], _has[to]) = (_has[from] - amount, _has[to] + amount);

        private Slip Slip(string reason) => new(Id<Transaction>.New(TimeProvider.System), _area, reason, Now);

        private AccountKey KeyOf(int person) => new(Book.Hours, AccountKind.Person, _people[person], _area);

        private async Task<List<Account>> Take(UnitOfWork unit, params int[] people)
        {
            var taken = await unit.Books.Take(default, [.. people.Select(KeyOf)]);
            return [.. people.Select(p => taken[KeyOf(p)])];
        }

        private async Task<(Account Bank, Account Own)> TakeWithBank(UnitOfWork unit, int person)
        {
            var bank = AccountKey.OfOutside(Book.Hours, _area);
            var taken = await unit.Books.Take(default, bank, KeyOf(person));
            return (taken[bank], taken[KeyOf(person)]);
        }

        private Task<T> In<T>(Func<UnitOfWork, Task<T>> work) => village.Get<Store>().Writer.Run<T>(
            async unit =>
            {
                unit.Look(village.House);
                return new(true, await work(unit));
            },
            default);
    }
}
