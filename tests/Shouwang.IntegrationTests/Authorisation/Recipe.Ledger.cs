using Shouwang.Application.Common;
using Shouwang.Application.Ledger;
using Shouwang.Application.TimeBank;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.Ledger;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The books: putting transactions right.</summary>
internal sealed partial record Recipe
{
    private static Dictionary<string, Recipe> OfTheLedger() => new()
    {
        ["ReverseTransaction"] = new(async (w, r, p) => new(
            $"/api/v1/ledger/reversals/{w.House.NewId()}",
            new { transaction = (await NewTransaction(w, r, p, 30)).Value, reason = "EnteredTwice" })),
        ["ApproveReversal"] = new(NewReversal),
        ["CheckBooks"] = new((w, r, p) => Done($"/api/v1/books/checks/{w.House.NewId()}"), (_, _) => true),
        ["ProveEntry"] = new(async (w, r, p) => new($"/api/v1/seals/entries/{await NewSealed(w, r, p)}")),
        ["/seal/{Entry}"] = new(async (w, r, p) => new($"/seal/{await NewSealed(w, r, p)}")),
        ["ShowTransaction"] = new(async (w, r, p) => new($"/api/v1/ledger/transactions/{await NewTransaction(w, r, p, 30)}")),
        ["/ledger/transactions/{Transaction}/reversal"] = new(
            async (w, r, p) => new($"/ledger/transactions/{await NewTransaction(w, r, p, 30)}/reversal")),
        ["ReserveHours"] = new(
            async (w, r, p) =>
            {
                var gift = await NewGift(w, r, p);
                return new($"/api/v1/holds/{w.House.NewId()}", gift.Body);
            },
            (r, p) => World.Home.Contains(World.AreaOf(p))),
        ["PayHold"] = new(
            async (w, r, p) => new(
                $"/api/v1/holds/{await NewHold(w, r, p)}/payment", new { id = w.House.NewId(), minutes = 5 }),
            (_, p) => p == Position.Self),
        ["VoidHold"] = new(
            async (w, r, p) => new($"/api/v1/holds/{await NewHold(w, r, p)}/void", new { id = w.House.NewId() }),
            (r, p) => Roles.Allows(r, Permission.VoidHolds) ? World.Sees(r, p) : p == Position.Self),
    };

    private static Dictionary<string, Recipe> OfPools() => new()
    {
        ["FillPool"] = new((w, r, p) => Done(
            $"/api/v1/pool-fillings/{w.House.NewId()}", new { pool = World.AreaOf(p).ToString(), minutes = 10 })),
        ["ApproveFilling"] = new(async (w, r, p) => new($"/api/v1/pool-fillings/{await NewFilling(w, p)}/approvals/{w.House.NewId()}")),
        ["DeclineFilling"] = new(async (w, r, p) => new(
            $"/api/v1/pool-fillings/{await NewFilling(w, p)}/refusal", new { id = w.House.NewId(), reason = "TooMuch" })),
        ["WithdrawFilling"] = new(
            async (w, r, p) => new($"/api/v1/pool-fillings/{await NewFilling(w, p)}/withdrawal", new { id = w.House.NewId() })),
        ["ShowPool"] = new((w, r, p) => Done($"/api/v1/pools/{World.AreaOf(p)}")),
        ["/pools/{Area}"] = new((w, r, p) => Done($"/pools/{World.AreaOf(p)}")),
        ["/pools/{Area}/grant"] = new((w, r, p) => Done($"/pools/{World.AreaOf(p)}/grant")),
        ["GrantHours"] = new(async (w, r, p) =>
        {
            _ = await NewTransaction(w, r, p, 30);
            var to = w.Subject(r, p).Person.Id.Value;
            return new($"/api/v1/pool-grants/{w.House.NewId()}", new { pool = World.AreaOf(p).ToString(), to, minutes = 10 });
        }),
    };

    /// <summary>Minutes that the house gave to the subject.</summary>
    private static async Task<Id<Transaction>> NewTransaction(World world, Role role, Position position, int minutes)
    {
        var (id, area) = (Id<Transaction>.New(world.House.Clock), World.AreaOf(position));
        var bank = AccountKey.OfOutside(Book.Hours, area);
        var own = AccountKey.OfPerson(Book.Hours, world.Subject(role, position).Person.Id, area);
        _ = await world.House.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                var accounts = await unit.Books.Take(CancellationToken.None, bank, own);
                _ = (await unit.Post(new(id, area, "test.given", unit.Now), accounts[bank], accounts[own], minutes,
                    CancellationToken.None)).Value;
                return new(true, true);
            },
            CancellationToken.None);
        return id;
    }

    private static async Task<Id<Transaction>> NewSealed(World world, Role role, Position position)
    {
        var entry = await NewTransaction(world, role, position, 30);
        await world.House.Get<AuditSealer>().Seal(CancellationToken.None);
        return entry;
    }

    /// <summary>Minutes of the subject that are set aside for another.</summary>
    private static async Task<Id<Hold>> NewHold(World world, Role role, Position position)
    {
        _ = await NewTransaction(world, role, position, 30);
        var (id, area) = (Id<Hold>.New(world.House.Clock), World.AreaOf(position));
        var own = AccountKey.OfPerson(Book.Hours, world.Subject(role, position).Person.Id, area);
        var other = AccountKey.OfPerson(Book.Hours, world.Subject(role, Position.OwnArea).Person.Id, World.Home);
        if (own == other) other = AccountKey.OfPerson(Book.Hours, world.Subject(role, Position.Self).Person.Id, World.Home);
        _ = await world.House.Get<Store>().Writer.Run<bool>(
            async unit =>
            {
                var accounts = await unit.Books.Take(CancellationToken.None, own, other);
                var slip = new HoldSlip(id, area, "test.held", unit.Now, unit.Now.AddDays(1));
                _ = (await unit.Reserve(slip, accounts[own], accounts[other], 10, CancellationToken.None)).Value;
                return new(true, true);
            },
            CancellationToken.None);
        return id;
    }

    /// <summary>A filling above the limit that the house asked for.</summary>
    private static async Task<Id<Transaction>> NewFilling(World world, Position position)
    {
        var command = new FillPool.Command(Id<Transaction>.New(world.House.Clock), World.AreaOf(position), 60_000);
        _ = (await world.House.Get<FillPool>().Run(command, Actor.System(World.AreaOf(position)), CancellationToken.None)).Value;
        return command.Id;
    }

    /// <summary>A reversal above the limit that the house asked for.</summary>
    private static async Task<Asked> NewReversal(World world, Role role, Position position)
    {
        var wrong = await NewTransaction(world, role, position, 60_000);
        var command = new ReverseTransaction.Command(Id<Transaction>.New(world.House.Clock), wrong, ReversalReason.WrongAmount);
        var house = Actor.System(World.AreaOf(position));
        _ = (await world.House.Get<ReverseTransaction>().Run(command, house, CancellationToken.None)).Value;
        return new($"/api/v1/ledger/reversals/{command.Id}/approvals/{world.House.NewId()}");
    }
}
