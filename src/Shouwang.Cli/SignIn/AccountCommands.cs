using System.CommandLine;
using Shouwang.Application.Common;
using Shouwang.Application.SignIn;
using Shouwang.Cli.Common;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Cli.SignIn;

/// <summary>`shouwang account create`: the first accounts of a house that has none, by whoever can read its keys. 开通账号</summary>
internal static class AccountCommands
{
    public static Command Create(TimeProvider clock)
    {
        var role = new Option<Role>("--role") { Description = "The post, as SystemAdministrator.", Required = true };
        var area = new Option<string?>("--area") { Description = "Where it is held; the whole of what the house serves by default." };
        var name = new Option<string>("--name") { Description = "The person's name.", DefaultValueFactory = _ => "管理员" };
        var phone = new Option<string?>("--phone") { Description = "A phone number to sign in with; without one a code is printed." };
        var create = new Command("create", "Give a new person an account with a first post, and print the slip that sets the password.")
        {
            role, area, name, phone,
        };
        var options = new DataOptions().AddTo(create);
        create.SetAction((parsed, ct) =>
        {
            var at = AreaCode.Nation;
            if (parsed.GetValue(area) is { } code && !AreaCode.From(code, "area").IsOk(out at, out _))
                return Task.FromResult(CliContext.Usage("Not an area code."));
            var born = Days.Of(clock.GetUtcNow()).AddYears(-30);
            var command = new CreateAccount.Command(
                Id<CreateAccount>.New(clock).Value, null, new(parsed.GetValue(name)!, Sex.Unknown, born), parsed.GetValue(phone),
                new(parsed.GetValue(role), new(at)));
            return CliContext.Run(options, parsed, context => Create(context, command, ct), ct);
        });
        return new Command("account", "Accounts to sign in with.") { create };
    }

    private static async Task<int> Create(CliContext context, CreateAccount.Command command, CancellationToken ct)
    {
        var created = await context.Get<CreateAccount>().Run(command, context.Actor(command.Post.At.Area), ct);
        if (!created.IsOk(out var slip, out var refusal)) return context.Refused(refusal);
        var sentence = $"Sign-in name {slip.Name}, slip {slip.Code}, good until {slip.Until:u}. Set the password at /sign-in/slip.";
        return await context.Done(slip, sentence, ct);
    }
}
