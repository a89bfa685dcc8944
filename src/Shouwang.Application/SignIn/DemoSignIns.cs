using Microsoft.EntityFrameworkCore;
using Shouwang.Application.Common;
using Shouwang.Application.People;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.Domain.Places;

namespace Shouwang.Application.SignIn;

/// <summary>One sign-in for each role in the fictional county, with a printed password; made only together with the demonstration data.
/// 演示账号</summary>
public sealed class DemoSignIns(Workspace work, SignInVault vault, PersonVault people, PasswordDesk passwords)
{
    /// <summary>The password of every demonstration account, printed at the start of a demonstration. It opens nothing else.</summary>
    public const string Password = "xiangyang-2026";

    /// <summary>The birthday of all of them.</summary>
    public static readonly DateOnly Born = new(1980, 5, 1);

    private static readonly AreaCode s_county = new(990101_000_000);
    private static readonly AreaCode s_township = new(990101_100_000);
    private static readonly AreaCode s_village = new(990101_100_201);

    /// <summary>A demonstration sign-in. </summary>
    public sealed record Demo(string Name, Role Role, AreaCode Area);

    /// <summary>All of them, the village's first.</summary>
    public static IReadOnlyList<Demo> All { get; } =
    [
        new("VOLUNTEER", Role.Volunteer, s_village), new("CAREWORKER", Role.CareWorker, s_village),
            new("DOCTOR", Role.VillageDoctor, s_village),
        new("FAMILY", Role.Family, s_village), new("MANAGER", Role.PointManager, s_village), new("CADRE", Role.VillageCadre, s_village),
        new("TOWNSHIP", Role.TownshipOfficer, s_township), new("COUNTY", Role.CountyOfficer, s_county),
            new("AUDITOR", Role.Auditor, s_county),
        new("SYSADMIN", Role.SystemAdministrator, s_county), new("SECADMIN", Role.SecurityAdministrator, s_county),
    ];

    /// <summary>Whose parts the demonstration plays: persons of the demonstration roster, so that the reach of each role shows something.
    /// A role left out is played by a newcomer.</summary>
    public sealed record Cast(IReadOnlyDictionary<Role, Id<Person>> Players, Id<Place>? Point);

    public sealed record Command(Guid CommandId, Cast Cast) : ICommand;

    public sealed record Receipt(int Made);

    /// <summary>Makes what is missing; doing it again changes nothing.</summary>
    public async Task<Result<Receipt>> Run(Command command, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSystem) return CommonRefusals.Forbidden;
        var hash = await passwords.Hash(Password, ct);
        return await work.Write<Receipt>(command, actor, unit => Make(unit, command, hash, ct), ct);
    }

    private async Task<Result<Receipt>> Make(UnitOfWork unit, Command command, string hash, CancellationToken ct)
    {
        var made = 0;
        foreach (var demo in All)
        {
            var index = vault.NameIndex(demo.Name);
            if (await unit.Db.SignInAccounts.AnyAsync(a => a.NormalizedUserName == index, ct)) continue;
            await MakeOne(unit, command, demo, hash, ct);
            made++;
        }

        return new Receipt(made);
    }

    private async Task MakeOne(UnitOfWork unit, Command command, Demo demo, string hash, CancellationToken ct)
    {
        var seed = DerivedId.Of(command.CommandId, demo.Name);
        var person = command.Cast.Players.TryGetValue(demo.Role, out var player)
            ? await unit.Db.People.SingleAsync(p => p.Id == player, ct)
            : Newcomer(unit, seed, demo);
        var account = new SignInAccount(DerivedId.Of(seed, "account"), person.Id, demo.Area) { PasswordHash = hash, IsDemo = true };
        account.NameAs(vault.SealName(account.Id, demo.Name));
        unit.Db.Add(account);
        var point = demo.Role == Role.PointManager ? command.Cast.Point : null;
        unit.Db.Add(new Post(new(DerivedId.Of(seed, "post")), person.Id, demo.Role, new(demo.Area, point), Days.Of(unit.Now)));
    }

    private Person Newcomer(UnitOfWork unit, Guid seed, Demo demo)
    {
        var person = new Person(new(DerivedId.Of(seed, "person")), demo.Area, PersonNames.Of(NameOf(demo.Role)), Sex.Female, Born);
        person.Play(demo.Role switch
        {
            Role.Volunteer => PersonRoles.Volunteer,
            Role.CareWorker => PersonRoles.CareWorker,
            Role.VillageDoctor => PersonRoles.VillageDoctor,
            Role.Family => PersonRoles.Family,
            _ => PersonRoles.Official,
        });
        person.Seal(people.Seal(person.Id, new(null, PhoneOf(demo.Role), null)));
        unit.Db.Add(person);
        return person;
    }

    /// <summary>Numbers nobody has, as in the demonstration's roster.</summary>
    public static PhoneNumber PhoneOf(Role role) => PhoneNumber.Of($"1000000{(int)role:0000}");

    /// <summary>Names nobody bears: the demonstration's own family name and the post.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Volunteer => "示志愿",
        Role.CareWorker => "示照护",
        Role.VillageDoctor => "示村医",
        Role.Family => "示家属",
        Role.PointManager => "示点长",
        Role.VillageCadre => "示村干",
        Role.TownshipOfficer => "示乡镇",
        Role.CountyOfficer => "示县局",
        Role.Auditor => "示审计",
        Role.SystemAdministrator => "示系统",
        _ => "示安全",
    };
}
