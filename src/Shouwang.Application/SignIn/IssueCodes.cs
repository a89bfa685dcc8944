using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>Opens accounts for the volunteers or relatives of a village who have none, and prints a sheet of one-time codes to cut up and
/// hand over. 批量发放登录码</summary>
public sealed class IssueCodes(Workspace work, CreateAccount create)
{
    /// <summary>How many stand on one sheet.</summary>
    private const int Most = 30;

    /// <param name="Role">Volunteer or Family.</param>
    public sealed record Command(Guid CommandId, Role Role);

    /// <summary>One strip of the sheet: whom to give it to, and what they sign in with.</summary>
    public sealed record Strip(string Name, IssueSlip.Slip Slip);

    /// <summary>Asking again with the same id prints the same sheet.</summary>
    public async Task<Result<IReadOnlyList<Strip>>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ManageAccounts, actor.Scope)) return CommonRefusals.Forbidden;
        var part = command.Role switch
        {
            Role.Volunteer => PersonRoles.Volunteer,
            Role.Family => PersonRoles.Family,
            _ => PersonRoles.None,
        };
        if (part == PersonRoles.None || !Roles.MayGrant(actor.Role, command.Role)) return SignInRefusals.NotGrantable;

        var strips = new List<Strip>();
        foreach (var person in await Waiting(command, part, actor, ct))
        {
            var account = new CreateAccount.Command(
                OfPerson(command, person.Id), person.Id, null, null, new(command.Role, new(person.Area)));
            if (!(await create.Run(account, actor, ct)).IsOk(out var slip, out var refusal)) return refusal;
            strips.Add(new(person.Name, slip));
        }

        return strips.ToArray();
    }

    /// <summary>Those who have no account, or have theirs from this very sheet.</summary>
    private async Task<List<Person>> Waiting(Command command, PersonRoles part, Actor actor, CancellationToken ct)
    {
        var (people, accounts) = await work.Read(actor, async db => (
            await AlongIndex.Narrow(db, db.People).Where(p => (p.Roles & part) != 0).OrderBy(p => p.Initials).ThenBy(p => p.Id)
                .ToListAsync(ct),
            await db.SignInAccounts.ToDictionaryAsync(a => a.Person, a => a.Id, ct)));
        return
        [
            .. people.Where(p => !accounts.TryGetValue(p.Id, out var account)
                || account == DerivedId.Of(OfPerson(command, p.Id), CreateAccount.AccountOf)).Take(Most),
        ];
    }

    private static Guid OfPerson(Command command, Id<Person> person) => DerivedId.Of(command.CommandId, $"signin.codes.{person}");
}
