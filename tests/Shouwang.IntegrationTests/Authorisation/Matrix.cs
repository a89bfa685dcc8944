using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common;
using Shouwang.Web.Common;

namespace Shouwang.IntegrationTests.Authorisation;

/// <summary>The authorisation matrix: every endpoint × role × position, asked for real and worked out beforehand.</summary>
internal static class Matrix
{
    private const string Head = "endpoint\trole\tself\tarea\tpoint\tpair\tkin\tparent\tchild\tsibling\tcounty";

    /// <summary>One endpoint as the matrix sees it.</summary>
    public sealed record Door(string Name, HttpMethod Method, string Pattern, NeedsAttribute? Needs, bool IsPublic)
    {
        public bool NeedsRecipe =>
            Pattern.Contains('{', StringComparison.Ordinal) || !(Method == HttpMethod.Get || Method == HttpMethod.Post);
    }

    /// <summary>Every endpoint of the house but assets, the description of the API and what Razor maps by itself.</summary>
    public static IReadOnlyList<Door> DoorsOf(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => !Access.IsOfTheFramework(e) && !IsFile(e.RoutePattern.RawText!))
            .Select(DoorOf).OrderBy(d => d.Pattern, StringComparer.Ordinal).ThenBy(d => d.Method.Method, StringComparer.Ordinal),
    ];

    /// <summary>Asks every door in every role and from every position.</summary>
    public static async Task<string> Ask(World world) => string.Join('\n', await Lines(world).ToListAsync()) + "\n";

    /// <summary>The lines of the table as they are answered, one by one.</summary>
    public static async IAsyncEnumerable<string> Lines(World world)
    {
        yield return Head;
        foreach (var door in DoorsOf(world.House.Services))
        {
            yield return $"{door.Name}\t(signed out)\t{Sign(await Answer(world, door, Role.Volunteer, Position.Self, null))}";
            foreach (var role in World.Roles)
            {
                var cells = new List<char>();
                foreach (var position in PositionsOf(door)) cells.Add(
                    Sign(await Answer(world, door, role, position, world.CookieOf(role))));
                yield return $"{door.Name}\t{role}\t{string.Join('\t', cells)}";
            }
        }
    }

    /// <summary>What the answers must be: from the permissions of a role, the area and the reach.</summary>
    public static string Expect(IServiceProvider services)
    {
        var lines = new List<string> { Head };
        foreach (var door in DoorsOf(services))
        {
            lines.Add($"{door.Name}\t(signed out)\t{(door.IsPublic ? '+' : '?')}");
            lines.AddRange(World.Roles.Select(role =>
                $"{door.Name}\t{role}\t{string.Join('\t', PositionsOf(door).Select(p => Expected(door, role, p)))}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static char Expected(Door door, Role role, Position position)
    {
        if (door.IsPublic) return '+';
        if (!door.Needs!.Admits(role)) return '-';
        if (!door.NeedsRecipe || door.Name == "ChangePassword") return '+';
        var admits = RecipeOf(door).Admits;
        return (admits is null ? World.Sees(role, position) : admits(role, position)) ? '+' : '0';
    }

    /// <summary>Endpoints that name no record answer alike from everywhere; one column is enough.</summary>
    private static IEnumerable<Position> PositionsOf(Door door) =>
        door.NeedsRecipe && !door.IsPublic ? Enum.GetValues<Position>() : [Position.Self];

    private static async Task<int> Answer(World world, Door door, Role role, Position position, string? cookie)
    {
        var asked = door.NeedsRecipe ? await RecipeOf(door).Ask(world, role, position)
            : new Asked(door.Pattern, door.Method == HttpMethod.Post ? new { } : null);
        using var answer = await world.House.Send(door.Method, asked.Path, cookie, asked.Body);
        var toSignIn = answer.Headers.Location?.OriginalString.StartsWith("/sign-in?", StringComparison.Ordinal) == true;
        return toSignIn ? StatusCodes.Status401Unauthorized : (int)answer.StatusCode;
    }

    private static Recipe RecipeOf(Door door) => Recipe.All.GetValueOrDefault(door.Name)
        ?? throw new InvalidOperationException(
            $"{door.Method} {door.Pattern} takes route values or a body: add a line \"{door.Name}\" to Recipe.All that makes a record and asks for it.");

    /// <summary>+ answered (also by a rule's no), - not this role, 0 no such thing here, ? sign in first, ! broken.</summary>
    private static char Sign(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => '?',
        StatusCodes.Status403Forbidden => '-',
        StatusCodes.Status404NotFound => '0',
        >= 500 => '!',
        _ => '+',
    };

    private static Door DoorOf(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        var method = new HttpMethod(methods.Contains("GET") ? "GET" : methods[0]);
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? pattern;
        return new(name, method, pattern, endpoint.Metadata.GetMetadata<NeedsAttribute>(),
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
    }

    private static bool IsFile(string pattern) =>
        Path.HasExtension(pattern) || pattern.TrimStart('/').Split('/')[0] is "openapi" or "scalar"
            || pattern.TrimStart('/') is "api" or "api/{documentName?}";
}
