using CsCheck;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;
using Shouwang.Domain.People;
using Xunit;

namespace Shouwang.Tests.Ledger;

/// <summary>Any order of giving, setting aside, paying, giving back, running out, reversing, drawing from stripes, filling them and linking
/// two books: accounts with floors, a ceiling and stripes stand as a few lines of arithmetic say, and a refusal moves nothing.</summary>
public sealed class LedgerModelTests
{
    private const int Hours = 8, Stripes = 4, FirstStripe = 4, Outside = 0, MoneyOutside = 8, Purse = 9;
    private const int HoldMinutes = 60;

    private enum Step { Give, Reserve, Pay, Void, Expire, Reverse, Draw, Fill, Link, Unlink, Wait }

    [Fact]
    public void Accounts_stand_as_the_arithmetic_says_whatever_the_order() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, Hours - 1], Gen.Int[0, Hours - 1], Gen.Long[1, 70]).Array[1, 80].Sample(
            steps => new Run().All(steps), iter: 4000, threads: 1);

    /// <summary>What an account must say.</summary>
    private sealed class Expected(long floor, long? ceiling)
    {
        public long Floor => floor;
        public long? Ceiling => ceiling;
        public long Balance { get; set; }
        public long Held { get; set; }
        public long Free => Balance - Held - Floor;
    }

    private sealed class Aside(Hold hold, int from, int to, DateTimeOffset until)
    {
        public Hold Hold => hold;
        public int From => from;
        public int To => to;
        public DateTimeOffset Until => until;
        public HoldOutcome? Ended { get; set; }
    }

    private sealed class Run
    {
        private static readonly AreaCode s_area = new(990101100201);

        private readonly List<Account> _accounts = [];
        private readonly List<Expected> _expected = [];
        private readonly List<Aside> _holds = [];
        private readonly List<(Transaction Written, (int From, int To, long Amount)[] Moves)> _written = [];
        private readonly List<(IReadOnlyList<Transaction> Written, (int From, int To, long Amount)[] Legs)> _linked = [];
        private DateTimeOffset _now = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

        public Run()
        {
            Open(AccountKey.OfOutside(Book.Hours, s_area), Account.NoFloor);
            Open(Person(Book.Hours), -20);
            Open(Person(Book.Hours), 0);
            Open(Person(Book.Hours), 0, 90);
            for (var i = 0; i < Stripes; i++) Open(AccountKey.OfPool(Book.Hours, s_area, i), 0);
            Open(AccountKey.OfOutside(Book.Money, s_area), Account.NoFloor);
            Open(Person(Book.Money), 0);
        }

        public void All((Step Step, int A, int B, long Amount)[] steps)
        {
            foreach (var (step, a, b, amount) in steps)
            {
                One(step, a, b, amount);
                for (var i = 0; i < _accounts.Count; i++)
                    Assert.Equal((_expected[i].Balance, _expected[i].Held), (_accounts[i].Balance, _accounts[i].Held));
                Assert.Equal(0, _accounts.Take(Hours).Sum(x => x.Balance));
                Assert.All(_accounts, x => Assert.True(x.Balance - x.Held >= x.Floor && !(x.Balance > x.Ceiling)));
                Assert.All(_accounts, x => Assert.True(x.Held >= 0));
            }
        }

        private void One(Step step, int a, int b, long amount)
        {
            switch (step)
            {
                case Step.Give: Post(Transaction.Post(Slip(), new Move(_accounts[a], _accounts[b], amount)), (a, b, amount)); break;
                case Step.Reserve: Reserve(a, b, amount); break;
                case Step.Pay when _holds.Count > 0: Pay(_holds[(a + (b * Hours)) % _holds.Count], amount); break;
                case Step.Void when _holds.Count > 0: Void(_holds[(a + (b * Hours)) % _holds.Count]); break;
                case Step.Expire when _holds.Count > 0: Expire(_holds[(a + (b * Hours)) % _holds.Count]); break;
                case Step.Reverse when _written.Count > 0: Reverse(a + (b * Hours)); break;
                case Step.Draw: Draw(a, amount * 2); break;
                case Step.Fill: Fill(amount); break;
                case Step.Link: Link(a, b, amount); break;
                case Step.Unlink when _linked.Count > 0: Unlink(_linked[(a + (b * Hours)) % _linked.Count]); break;
                case Step.Wait: _now = _now.AddMinutes(amount); break;
            }
        }

        private void Post(Result<Transaction> posted, params (int From, int To, long Amount)[] moves)
        {
            Assert.Equal(Refused(moves), posted.Refusal?.Code);
            if (posted.IsOk(out var written, out _)) Kept(written, moves);
        }

        private void Kept(Transaction written, (int From, int To, long Amount)[] moves)
        {
            Assert.Equal(
                moves.Select((m, i) => new Posting(i + 1, _accounts[m.From].Id, _accounts[m.To].Id, m.Amount)), written.Postings);
            foreach (var (from, to, amount) in moves)
            {
                _expected[from].Balance -= amount;
                _expected[to].Balance += amount;
            }

            _written.Add((written, moves));
        }

        private void Reserve(int from, int to, long amount)
        {
            var slip = new HoldSlip(Id<Hold>.New(TimeProvider.System), s_area, "test.held", _now, _now.AddMinutes(HoldMinutes));
            var reserved = Hold.Reserve(slip, _accounts[from], _accounts[to], amount);
            Assert.Equal(
                from == to ? "ledger.same-account" : _expected[from].Free < amount ? "ledger.not-enough" : null, reserved.Refusal?.Code);
            if (!reserved.IsOk(out var hold, out _)) return;
            _expected[from].Held += amount;
            _holds.Add(new(hold, from, to, slip.Until));
        }

        private void Pay(Aside aside, long amount)
        {
            var (payer, move) = (_expected[aside.From], (aside.From, aside.To, amount));
            var said = Over(aside) ?? (amount > aside.Hold.Amount ? "ledger.beyond-hold" : null);
            if (said is null)
            {
                payer.Held -= aside.Hold.Amount;
                said = Refused([move]);
                if (said is not null) payer.Held += aside.Hold.Amount;
            }

            var paid = aside.Hold.Commit(Slip(), _accounts[aside.From], _accounts[aside.To], amount);
            Assert.Equal(said, paid.Refusal?.Code);
            if (!paid.IsOk(out var written, out _)) return;
            aside.Ended = HoldOutcome.Committed;
            Assert.Equal(new(aside.Hold.Id, HoldOutcome.Committed, amount, _now), aside.Hold.End);
            Kept(written, [move]);
        }

        private void Void(Aside aside)
        {
            var given = aside.Hold.Void(_accounts[aside.From], _now);
            Assert.Equal(Over(aside), given.Refusal?.Code);
            if (given.Refusal is null) Ended(aside, HoldOutcome.Voided);
        }

        private void Expire(Aside aside)
        {
            var isOver = aside.Ended is null && _now >= aside.Until;
            Assert.Equal(isOver, aside.Hold.Expire(_accounts[aside.From], _now) is not null);
            if (isOver) Ended(aside, HoldOutcome.Expired);
        }

        private void Ended(Aside aside, HoldOutcome how)
        {
            aside.Ended = how;
            _expected[aside.From].Held -= aside.Hold.Amount;
            Assert.Equal(new(aside.Hold.Id, how, 0, _now), aside.Hold.End);
        }

        private void Reverse(int which)
        {
            var (wrong, moves) = _written[which % _written.Count];
            var mirror = Transaction.Reverse(Slip(), wrong.Id, wrong.Postings, _accounts.ToDictionary(x => x.Id));
            var back = moves.Reverse().Select(m => (From: m.To, To: m.From, m.Amount)).ToArray();
            if (back.Any(m => IsStripe(m.From) && !IsStripe(m.To))) TakenBack(mirror, back);
            else Post(mirror, back);
            if (mirror.IsOk(out var written, out _)) Assert.Equal(wrong.Id, written.Reverses);
        }

        /// <summary>What filled stripes comes back when all of them together have it; as it went, where each still has its own.</summary>
        private void TakenBack(Result<Transaction> mirror, (int From, int To, long Amount)[] back)
        {
            var (to, amount) = (back[0].To, back.Sum(m => m.Amount));
            var isEnough = Enumerable.Range(FirstStripe, Stripes).Sum(s => _expected[s].Free) >= amount;
            var isTooMuch = _expected[to].Balance + amount > _expected[to].Ceiling;
            Assert.Equal(!isEnough ? "ledger.not-enough" : isTooMuch ? "ledger.too-much" : null, mirror.Refusal?.Code);
            if (!mirror.IsOk(out var written, out _)) return;

            var said = written.Postings.Select(p => (
                From: _accounts.FindIndex(x => x.Id == p.From), To: _accounts.FindIndex(x => x.Id == p.To), p.Amount)).ToArray();
            Assert.Equal((amount, to), (said.Sum(m => m.Amount), Assert.Single(said.Select(m => m.To).Distinct())));
            Assert.All(said, m => Assert.True(IsStripe(m.From) && m.Amount <= _expected[m.From].Free));
            if (back.All(m => m.Amount <= _expected[m.From].Free)) Assert.Equal(back.Order(), said.Order());
            Kept(written, said);
        }

        private static bool IsStripe(int account) => account is >= FirstStripe and < FirstStripe + Stripes;

        private void Draw(int to, long amount)
        {
            if (to >= FirstStripe) to = 1;
            var stripes = Enumerable.Range(FirstStripe, Stripes).ToList();
            var drawn = Pool.Draw([.. stripes.Select(s => _accounts[s])], _accounts[to], amount);
            Assert.Equal(stripes.Sum(s => _expected[s].Free) < amount ? "ledger.not-enough" : null, drawn.Refusal?.Code);
            if (!drawn.IsOk(out var moves, out _)) return;
            var said = moves.Select(m => (From: _accounts.IndexOf(m.From), To: to, m.Amount)).ToArray();
            Assert.Equal(amount, said.Sum(m => m.Amount));
            Assert.All(said, m => Assert.True(m.Amount > 0 && m.Amount <= _expected[m.From].Free));
            Post(Transaction.Post(Slip(), [.. moves]), said);
        }

        private void Fill(long amount)
        {
            var stripes = Enumerable.Range(FirstStripe, Stripes).ToList();
            var moves = Pool.Fill(_accounts[Outside], [.. stripes.Select(s => _accounts[s])], amount);
            var even = stripes.Select((s, i) => (From: Outside, To: s, Amount: (amount + Stripes - 1 - i) / Stripes));
            Post(Transaction.Post(Slip(), [.. moves]), [.. even.Where(m => m.Amount > 0)]);
        }

        /// <summary>Hours one way, money the other: for a purse without enough neither moves.</summary>
        private void Link(int from, int to, long amount)
        {
            (int From, int To, long Amount) hours = (from, to, amount);
            (int From, int To, long Amount) money = amount % 2 == 0 ? (Purse, MoneyOutside, amount) : (MoneyOutside, Purse, amount);
            var linked = Transaction.Link(
                (Slip(), new Move(_accounts[from], _accounts[to], amount)),
                (Slip(), new Move(_accounts[money.From], _accounts[money.To], amount)));
            Assert.Equal(Refused([hours]) ?? Refused([money]), linked.Refusal?.Code);
            if (!linked.IsOk(out var written, out _)) return;
            Kept(written[0], [hours]);
            Kept(written[1], [money]);
            Assert.All(written, w => Assert.Equal(written[0].Id, w.LinkedTo));
            _linked.Add((written, [hours, money]));
        }

        /// <summary>All that are linked go back, or none: also where the purse has spent what came in.</summary>
        private void Unlink((IReadOnlyList<Transaction> Written, (int From, int To, long Amount)[] Legs) wrong)
        {
            var back = wrong.Legs.Select(m => (From: m.To, To: m.From, m.Amount)).ToList();
            if (back.Any(m => IsStripe(m.From))) return;
            var mirrors = Transaction.ReverseLinked(
                wrong.Written.Select(w => (Slip(), w.Id, w.Postings)), _accounts.ToDictionary(x => x.Id));
            Assert.Equal(back.Select(m => Refused([m])).FirstOrDefault(r => r is not null), mirrors.Refusal?.Code);
            if (!mirrors.IsOk(out var written, out _)) return;
            Assert.Equal(wrong.Written.Select(w => (Id<Transaction>?)w.Id), written.Select(w => w.Reverses));
            Assert.All(written, w => Assert.Equal(written[0].Id, w.LinkedTo));
            foreach (var (mirror, move) in written.Zip(back)) Kept(mirror, [move]);
        }

        /// <summary>What the accounts say no with: each, in the order in which the moves name them, by what all moves change in it.
        /// </summary>
        private string? Refused((int From, int To, long Amount)[] moves)
        {
            if (moves.Any(m => m.From == m.To)) return "ledger.same-account";
            foreach (var i in moves.SelectMany(m => new[] { m.From, m.To }).Distinct())
            {
                var change = moves.Sum(m => m.To == i ? m.Amount : m.From == i ? -m.Amount : 0);
                if (change < 0 && _expected[i].Free + change < 0) return "ledger.not-enough";
                if (change > 0 && _expected[i].Balance + change > _expected[i].Ceiling) return "ledger.too-much";
            }

            return null;
        }

        private string? Over(Aside aside) => aside.Ended is HoldOutcome.Committed or HoldOutcome.Voided ? "ledger.hold-ended"
            : aside.Ended is not null || _now >= aside.Until ? "ledger.hold-expired" : null;

        private void Open(AccountKey key, long floor, long? ceiling = null)
        {
            _accounts.Add(new(Id<Account>.New(TimeProvider.System), key, floor, ceiling, 0));
            _expected.Add(new(floor, ceiling));
        }

        private Slip Slip() => new(Id<Transaction>.New(TimeProvider.System), s_area, "test.moved", _now);

        private static AccountKey Person(Book book) => AccountKey.OfPerson(book, Id<Person>.New(TimeProvider.System), s_area);
    }
}
