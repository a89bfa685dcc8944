using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Gives a person an account with a first post, and prints the slip with which they set their password. 开通账号</summary>
public sealed class CreateAccount(Workspace work, SignInVault vault, PersonVault people, IssueSlip slips)
{
    /// <summary>What an account's id follows from its command by.</summary>
    internal const string AccountOf = "signin.account";

    /// <param name="Person">Someone the register knows; null for a newcomer.</param>
    /// <param name="Newcomer">A colleague the register does not know yet.</param>
    /// <param name="Phone">A phone number to sign in with; without one a code is printed.</param>
    public sealed record Command(Guid CommandId, Id<Person>? Person, Newcomer? Newcomer, string? Phone, PostGiven Post) : ICommand;

    public sealed record Receipt(Guid Account, Id<Person> Person, Id<Post> Post, DateTimeOffset Until);

    public async Task<Result<IssueSlip.Slip>> Run(Command command, Actor actor, CancellationToken ct)
    {
        var created = await work.Write<Receipt>(command, actor, unit => Create(unit, command, ct), ct);
        if (!created.IsOk(out var receipt, out var refusal)) return refusal;

        var account = await work.Read(actor, db => db.SignInAccounts.SingleAsync(a => a.Id == receipt.Account, ct));
        return new IssueSlip.Slip(
            SignInVault.Printed(vault.OpenName(account)), SignInVault.Printed(vault.SlipOf(command.CommandId)), receipt.Until);
    }

    private async Task<Result<Receipt>> Create(UnitOfWork unit, Command command, CancellationToken ct)
    {
        var (actor, area) = (unit.Actor, command.Post.At.Area);
        if (!actor.May(Permission.ManageAccounts, area)) return CommonRefusals.MayNot(actor, area);
        if (!(await PersonOf(unit, command, ct)).IsOk(out var person, out var refusal)) return refusal;
        if (await unit.Db.SignInAccounts.IgnoreQueryFilters(["area", "reach"])
            .AnyAsync(a => a.Person == person.Id, ct)) return SignInRefusals.HasAccount;

        var account = new SignInAccount(DerivedId.Of(command.CommandId, AccountOf), person.Id, area);
        if (!(await NameFor(unit.Db, command, ct)).IsOk(out var name, out refusal)) return refusal;
        account.NameAs(vault.SealName(account.Id, name));

        var post = new Id<Post>(DerivedId.Of(command.CommandId, "signin.post"));
        if (!(await PostGrant.Give(unit, post, person, command.Post, ct)).IsOk(out _, out refusal)) return refusal;

        unit.Db.Add(account);
        var slip = await slips.Store(unit, account, command.CommandId, ct);
        return new Receipt(account.Id, person.Id, post, slip.Until);
    }

    /// <summary>Someone in the register whom the actor sees, or a newcomer who is entered now.</summary>
    private async Task<Result<Person>> PersonOf(UnitOfWork unit, Command command, CancellationToken ct)
    {
        if (command.Person is { } known)
        {
            var person = await unit.Db.People.SingleOrDefaultAsync(p => p.Id == known, ct);
            var seen = person is not null && (person.Is(PersonRoles.Official) || Roles.Allows(unit.Actor.Role, Permission.ViewPeople));
            return seen ? person! : CommonRefusals.NotFound.On("person");
        }

        if (command.Newcomer is not { Name.Length: > 0 and <= 40 } newcomer) return CommonRefusals.BadInput.On("name");
        var entered = new Person(
            new(DerivedId.Of(command.CommandId, "signin.person")), command.Post.At.Area, PersonNames.Of(newcomer.Name), newcomer.Sex,
                newcomer.Born);
        entered.Play(PersonRoles.Official);
        entered.Seal(people.Seal(entered.Id, new(null, null, null)));
        unit.Db.Add(entered);
        return entered;
    }

    private async Task<Result<string>> NameFor(ShouwangDb db, Command command, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(command.Phone))
        {
            if (!PhoneNumber.From(command.Phone, "phone").IsOk(out var phone, out var refusal)) return refusal;
            return await IsTaken(db, phone.Text, ct) ? SignInRefusals.NameTaken.On("phone") : phone.Text;
        }

        for (var attempt = 0; ; attempt++)
        {
            var code = vault.NewCode(command.CommandId, attempt);
            if (!await IsTaken(db, code, ct)) return code;
        }
    }

    private Task<bool> IsTaken(ShouwangDb db, string name, CancellationToken ct)
    {
        var index = vault.NameIndex(name);
        return db.SignInAccounts.IgnoreQueryFilters(["area", "reach"]).AnyAsync(a => a.NormalizedUserName == index, ct);
    }
}

/// <summary>A colleague the register does not know yet. 新人员</summary>
public sealed record Newcomer(string Name, Sex Sex, DateOnly Born);
