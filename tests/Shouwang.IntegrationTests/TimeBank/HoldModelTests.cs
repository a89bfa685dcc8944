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

/// <summary>Any order of giving, setting aside, paying, cancelling, reversing, linking hours with money, filling a pool, declining that
/// and drawing from it, asking again and letting time pass, with a floor, a ceiling and stripes: the real books say what a few lines of
/// arithmetic say.</summary>
public sealed class HoldModelTests
{
    private const int People = 3;
    private const int Begin = 60;

    /// <summary>The last of them may not have more.</summary>
    private const long Most = 90;

    /// <summary>The first of them may owe as much.</summary>
    private const long Least = -30;
    private static int s_area;

    private enum Step
    {
        Give, Link, Reserve, Pay, Void, Reverse, ReverseAny, Grant, Fill, FillAlone, Agree, Decline, Again, Otherwise, Wait, Sweep,
        Lapse, Overfill,
    }

    [Theory, EachDatabase]
    public async Task The_books_do_what_the_model_says_whatever_the_order(TestDatabase database)
    {
        await using var village = await Village.On(database);
        var steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, People - 1], Gen.Int[0, People - 1], Gen.Long[1, 70]).Array[10, 60];
        await steps.SampleAsync(async run => await new Run(village).All(run), iter: 20, threads: 1);
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

    private sealed class Given(Id<Transaction> id, int from, int to, long amount)
    {
        /// <summary>What came from the pool instead of a person.</summary>
        public const int Pool = -1;

        public Id<Transaction> Id => id;
        public int From => from;
        public int To => to;
        public long Amount => amount;
        public bool IsReversed { get; set; }
    }

    /// <summary>Hours that were given, and money out of the giver's purse or into it.</summary>
    private sealed record Linked(Id<Transaction> Hours, Id<Transaction> Money, bool IsPaid, Given Given);

    private sealed class Run(Village village)
    {
        /// <summary>What stands for a request that was agreed to, and one that came to nothing.</summary>
        private const long Filled = 0, Ended = -1;

        private readonly AreaCode _area = new(990101100300 + Interlocked.Increment(ref s_area));
        private readonly Guid[] _people = [.. Enumerable.Range(0, People).Select(_ => Id<Person>.New(TimeProvider.System).Value)];
        private readonly long[] _has = new long[People];
        private readonly long[] _purse = new long[People];
        private readonly List<Linked> _linked = [];
        private readonly List<Held> _holds = [];
        private readonly List<Given> _given = [];
        private readonly List<Id<Transaction>> _mirrors = [];
        private readonly List<(Id<Transaction> Id, long Amount)> _asked = [];
        private readonly Actor _officer = village.House with { Person = Id<Person>.New(TimeProvider.System) };
        private long _pool, _alone;
        private DateOnly _day;

        /// <summary>The last command again, and the same id with other content; what the first was answered.</summary>
        private (Func<Task<string>> Same, Func<Task<string>> Other, string Said)? _last;

        private DateTimeOffset Now => village.Clock.GetUtcNow();

        public async Task All((Step Step, int A, int B, long Amount)[] steps)
        {
            for (var i = 0; i < People; i++) await Begins(i, Begin);
            await Limit(People - 1, "Ceiling", Most);
            await Limit(0, "Floor", Least);
            foreach (var (step, a, b, amount) in steps) await One(step, a, b, amount);
            for (var i = 0; i < People; i++)
            {
                var account = await In(async unit => (await Take(unit, i))[0]);
                Assert.Equal((_has[i], Kept(i)), (account.Balance, account.Held));
                var purse = KeyOf(i) with { Book = Book.Money };
                Assert.Equal(_purse[i], (await In(unit => unit.Books.Take(default, purse)))[purse].Balance);
            }

            var pool = await In(unit => unit.Books.TakeWholePool(Book.Hours, _area, default));
            Assert.Equal((_pool, Pool.Stripes), (pool.Sum(s => s.Balance), pool.Count));
            Assert.All(pool, s => Assert.True(s.Balance >= 0));
            await Limit(People - 1, "Ceiling", DBNull.Value);
            if (_has[0] < Kept(0)) await Begins(0, Kept(0) - _has[0]);
            await Limit(0, "Floor", 0L);
        }

        private Task One(Step step, int a, int b, long amount) => step switch
        {
            Step.Give => Give(a, b, amount),
            Step.Link => Link(a, b, amount),
            Step.Reserve => Reserve(a, b, amount),
            Step.Pay => Pay(a + (b * People), amount),
            Step.Void => Void(a + (b * People)),
            Step.Reverse => _given.Count == 0 ? Task.CompletedTask : Reverse(_given.FindLast(g => !g.IsReversed) ?? _given[^1]),
            Step.ReverseAny => ReverseAny(a + (b * People)),
            Step.Grant => Grant(a, amount),
            Step.Fill => Fill(amount),
            Step.FillAlone => FillAlone(amount * 70),
            Step.Agree => Agree(a, b),
            Step.Decline => Decline(a, b),
            Step.Again => AskAgain(),
            Step.Otherwise => AskOtherwise(),
            Step.Lapse => Lapse(a, b, amount),
            Step.Overfill => Overfill(a, amount),
            Step.Sweep => village.Get<HoldWatch>().Round(default),
            _ => Wait(amount),
        };

        private async Task Begins(int person, long minutes)
        {
            await In(async unit =>
            {
                var (bank, own) = await TakeWithBank(unit, person);
                return (await unit.Post(Slip("test.given"), bank, own, minutes, default)).Value;
            });
            _has[person] += minutes;
        }

        /// <summary>From now on this account has another limit; the house itself gives none a ceiling, and nobody a floor below nothing.
        /// </summary>
        private Task Limit(int person, string which, object limit) => In(async unit =>
        {
            await unit.Books.Execute(
                $"""
                UPDATE ledger_account SET "{which}" = @limit WHERE "Holder" = @holder AND "Area" = @area AND "Book" = 'Hours'
                """,
                default, ("limit", limit), ("holder", _people[person]), ("area", _area.Value));
            return true;
        });

        private async Task Give(int from, int to, long amount)
        {
            var slip = Slip("test.moved");
            var refusal = await In(async unit =>
            {
                var accounts = amount % 2 == 0 ? await Take(unit, from, to) : await TakeOf(unit, from, to);
                return (await unit.Post(slip, accounts[0], accounts[^1], amount, default)).Refusal?.Code ?? "";
            });
            if (!Expect(from == to ? "ledger.same-account" : Short(from, amount) ?? TooMuch(to, amount) ?? "", refusal)) return;
            Moved(from, to, amount);
            _given.Add(new(slip.Id, from, to, amount));
        }

        /// <summary>Hours from one to the other, and money into the giver's purse or out of it: both or neither.</summary>
        private async Task Link(int from, int to, long amount)
        {
            var (hours, money, isPaid) = (Slip("test.linked"), Slip("test.linked"), amount % 3 == 0);
            var (bank, purse) = (AccountKey.OfOutside(Book.Money, _area), KeyOf(from) with { Book = Book.Money });
            var refusal = await In(async unit =>
            {
                var taken = await unit.Books.Take(default, KeyOf(from), KeyOf(to), bank, purse);
                var (payer, payee) = isPaid ? (taken[purse], taken[bank]) : (taken[bank], taken[purse]);
                var given = new Move(taken[KeyOf(from)], taken[KeyOf(to)], amount);
                var no = (await unit.PostLinked([(hours, given), (money, new(payer, payee, amount))], default)).Refusal;

                // Whoever is refused may go on with the accounts in hand.
                if (no is not null) Assert.Equal((_has[from], _has[to]), (given.From.Balance, given.To.Balance));
                return no?.Code ?? "";
            });
            var said = from == to ? "ledger.same-account" : Short(from, amount) ?? TooMuch(to, amount);
            if (!Expect(said ?? (isPaid && _purse[from] < amount ? "ledger.not-enough" : ""), refusal)) return;
            Moved(from, to, amount);
            _purse[from] += isPaid ? -amount : amount;
            _linked.Add(new(hours.Id, money.Id, isPaid, new(hours.Id, from, to, amount)));
        }

        private async Task Reserve(int from, int to, long amount)
        {
            var slip = new HoldSlip(Id<Hold>.New(TimeProvider.System), _area, "test.held", Now, Now.AddMinutes(60));
            var refusal = await In(async unit =>
            {
                var accounts = await Take(unit, from, to);
                return (await unit.Reserve(slip, accounts[0], accounts[^1], amount, default)).Refusal?.Code ?? "";
            });
            if (!Expect(from == to ? "ledger.same-account" : Short(from, amount) ?? "", refusal)) return;
            _holds.Add(new(slip.Id, from, to, amount, slip.Until));
        }

        private async Task Pay(int which, long amount)
        {
            if (_holds.Count == 0) return;
            var held = _holds[which % _holds.Count];
            var command = new PayHold.Command(Id<Transaction>.New(TimeProvider.System), held.Id, (int)amount);
            Paid(held, command, await Ask(command, command with { Minutes = command.Minutes + 1 }, village.Get<PayHold>().Run));
        }

        private void Paid(Held held, PayHold.Command command, string refusal)
        {
            var minutes = command.Minutes;
            if (!Expect(Over(held) ?? (minutes > held.Amount ? "ledger.beyond-hold" : TooMuch(held.To, minutes) ?? ""), refusal)) return;
            held.IsEnded = true;
            Moved(held.From, held.To, minutes);
            _given.Add(new(command.Id, held.From, held.To, minutes));
        }

        /// <summary>Sets aside what is free, lets its time pass, and gives of it before anybody has looked.</summary>
        private async Task Lapse(int from, int to, long amount)
        {
            if (Free(from) > 0) await Reserve(from, to, Free(from));
            await Wait(60);
            await Give(from, to, amount);
        }

        /// <summary>Sets aside for the one with a ceiling and pays at once, room or not.</summary>
        private async Task Overfill(int from, long amount)
        {
            var before = _holds.Count;
            await Reserve(from, People - 1, amount);
            if (_holds.Count == before) return;
            var command = new PayHold.Command(Id<Transaction>.New(TimeProvider.System), _holds[^1].Id, (int)amount);
            Paid(_holds[^1], command, await PayInHand(_holds[^1], command));
        }

        /// <summary>Past the use case, where the account stays in hand after a refusal.</summary>
        private Task<string> PayInHand(Held held, PayHold.Command command) => In(async unit =>
        {
            var accounts = await Take(unit, held.From, held.To);
            var hold = (await unit.Books.FindHold(held.Id, default))!;
            var no = (await unit.Pay(hold, command.Id, (accounts[0], accounts[1]), command.Minutes, default)).Refusal;
            if (no is not null) Assert.Equal((_has[held.From], Kept(held.From)), (accounts[0].Balance, accounts[0].Held));
            return no?.Code ?? "";
        });

        private async Task Void(int which)
        {
            if (_holds.Count == 0) return;
            var held = _holds[which % _holds.Count];
            var command = new VoidHold.Command(Id<Hold>.New(TimeProvider.System).Value, held.Id);
            var refusal = await Ask(command, command with { Hold = Id<Hold>.New(TimeProvider.System) }, village.Get<VoidHold>().Run);
            if (Expect(Over(held) ?? "", refusal)) held.IsEnded = true;
        }

        /// <summary>Reverses something once more, a mirror image itself, or all that is linked by naming a part of it.</summary>
        private Task ReverseAny(int which)
        {
            if (which % 3 == 1 && _linked.Count > 0) return Unlink(_linked[which % _linked.Count], which);
            if (which % 2 == 0 && _mirrors.Count > 0) return Mirror(_mirrors[which % _mirrors.Count], "ledger.already-reversed");
            return _given.Count == 0 ? Task.CompletedTask : Reverse(_given[which % _given.Count]);
        }

        private async Task Reverse(Given wrong)
        {
            var said = wrong.IsReversed
                ? "ledger.already-reversed" : Short(wrong.To, wrong.Amount) ?? TooMuch(wrong.From, wrong.Amount) ?? "";
            if (!await Mirror(wrong.Id, said)) return;
            wrong.IsReversed = true;
            if (wrong.From == Given.Pool) (_has[wrong.To], _pool) = (_has[wrong.To] - wrong.Amount, _pool + wrong.Amount);
            else Moved(wrong.To, wrong.From, wrong.Amount);
        }

        private async Task Unlink(Linked link, int which)
        {
            var given = link.Given;
            var isShort = !link.IsPaid && _purse[given.From] < given.Amount;
            var said = given.IsReversed ? "ledger.already-reversed"
                : Short(given.To, given.Amount) ?? TooMuch(given.From, given.Amount) ?? (isShort ? "ledger.not-enough" : "");
            if (!await Mirror(which % 2 == 0 ? link.Hours : link.Money, said)) return;
            given.IsReversed = true;
            Moved(given.To, given.From, given.Amount);
            _purse[given.From] += link.IsPaid ? given.Amount : -given.Amount;
        }

        private async Task<bool> Mirror(Id<Transaction> wrong, string said)
        {
            var command = new ReverseTransaction.Command(Id<Transaction>.New(TimeProvider.System), wrong, ReversalReason.NotDone);
            var other = command with { Reason = ReversalReason.WrongAmount };
            if (!Expect(said, await Ask(command, other, village.Get<ReverseTransaction>().Run))) return false;
            _mirrors.Add(command.Id);
            return true;
        }

        private async Task Grant(int to, long amount)
        {
            var slip = Slip("test.granted");
            var refusal = await In(async unit =>
                (await unit.PayFromPool(slip, (await Take(unit, to))[0], amount, default)).Refusal?.Code ?? "");
            if (!Expect(_pool < amount ? "ledger.not-enough" : TooMuch(to, amount) ?? "", refusal)) return;
            (_pool, _has[to]) = (_pool - amount, _has[to] + amount);
            _given.Add(new(slip.Id, Given.Pool, to, amount));
        }

        private async Task Fill(long amount)
        {
            await In(async unit => (await unit.FillPool(Slip("test.filled"), (await TakeWithBank(unit, 0)).Bank, amount, default)).Value);
            _pool += amount;
        }

        /// <summary>As an officer: done up to the limit of the day, asked for above it.</summary>
        private async Task FillAlone(long amount)
        {
            if (_day != Days.Of(Now)) (_day, _alone) = (Days.Of(Now), 0);
            var command = new FillPool.Command(Id<Transaction>.New(TimeProvider.System), _area, (int)amount);
            var done = false;
            var refusal = await Ask(command, command with { Minutes = command.Minutes + 1 }, async (c, actor, ct) =>
            {
                var answer = await village.Get<FillPool>().Run(c, actor, ct);
                done = answer.IsOk(out var receipt, out _) && receipt.Done;
                return answer;
            }, _officer);
            Expect("", refusal);
            Assert.Equal(_alone + amount <= 6000, done);
            if (done) (_pool, _alone) = (_pool + amount, _alone + amount);
            else _asked.Add((command.Id, amount));
        }

        /// <summary>The officer agrees to their own request, or another person does.</summary>
        private async Task Agree(int which, int who)
        {
            if (_asked.Count == 0) return;
            var (id, amount) = _asked[which % _asked.Count];
            var own = who == 0;
            var command = new ApproveFilling.Command(Id<Hold>.New(TimeProvider.System).Value, id);
            var refusal = await Ask(
                command, command with { Filling = Id<Transaction>.New(TimeProvider.System) }, village.Get<ApproveFilling>().Run,
                own ? _officer : null);
            if (!Expect(own ? "ledger.filling-needs-another" : Answered(amount) ?? "", refusal)) return;
            _pool += amount;
            _asked[which % _asked.Count] = (id, Filled);
        }

        /// <summary>The officer takes their own request back, or another person declines it.</summary>
        private async Task Decline(int which, int who)
        {
            if (_asked.Count == 0) return;
            var (id, amount) = _asked[which % _asked.Count];
            var command = new DeclineFilling.Command(Id<Hold>.New(TimeProvider.System).Value, id, DeclineReason.NotPlanned);
            var back = new WithdrawFilling.Command(command.CommandId, id);
            var refusal = who == 0
                ? await Ask(
                    back, back with { Filling = Id<Transaction>.New(TimeProvider.System) }, village.Get<WithdrawFilling>().Run, _officer)
                : await Ask(command, command with { Reason = DeclineReason.TooMuch }, village.Get<DeclineFilling>().Run);
            if (Expect(Answered(amount) ?? "", refusal)) _asked[which % _asked.Count] = (id, Ended);
        }

        private static string? Answered(long amount) =>
            amount == Filled ? "ledger.already-filled" : amount == Ended ? "ledger.filling-ended" : null;

        /// <summary>The last command once more: what was done is answered again and moves nothing.</summary>
        private async Task AskAgain()
        {
            if (_last is { Said.Length: 0 } last) Assert.Equal("", await last.Same());
        }

        /// <summary>Other content under the id of something that was done.</summary>
        private async Task AskOtherwise()
        {
            if (_last is { Said.Length: 0 } last) Assert.Equal("common.id-reused", await last.Other());
        }

        private async Task<string> Ask<TCommand, TReceipt>(
            TCommand command, TCommand other, Func<TCommand, Actor, CancellationToken, Task<Result<TReceipt>>> run, Actor? actor = null)
        {
            Func<TCommand, Func<Task<string>>> asked = c => async () => (await run(c, actor ?? village.House, default)).Refusal?.Code ?? "";
            var said = await asked(command)();
            _last = (asked(command), asked(other), said);
            return said;
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

        private string? Short(int from, long amount) => Free(from) < amount ? "ledger.not-enough" : null;

        private string? TooMuch(int to, long amount) => to == People - 1 && _has[to] + amount > Most ? "ledger.too-much" : null;

        private long Kept(int person) => _holds.Where(h => h.From == person && h.KeepsAt(Now)).Sum(h => h.Amount);

        private long Free(int person) => _has[person] - Kept(person) - (person == 0 ? Least : 0);

        private void Moved(int from, int to, long amount) => (_has[from], _has[to]) = (_has[from] - amount, _has[to] + amount);

        private Slip Slip(string reason) => new(Id<Transaction>.New(TimeProvider.System), _area, reason, Now);

        private AccountKey KeyOf(int person) => new(Book.Hours, AccountKind.Person, _people[person], _area);

        private async Task<List<Account>> Take(UnitOfWork unit, params int[] people)
        {
            var taken = await unit.Books.Take(default, [.. people.Select(KeyOf)]);
            return [.. people.Select(p => taken[KeyOf(p)])];
        }

        /// <summary>The same by their holders, as gifts take them.</summary>
        private async Task<List<Account>> TakeOf(UnitOfWork unit, params int[] people)
        {
            var taken = await unit.Books.TakeOf(Book.Hours, default, [.. people.Select(p => _people[p])]);
            return [.. people.Select(p => taken.Single(a => a.Key.Holder == _people[p]))];
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
