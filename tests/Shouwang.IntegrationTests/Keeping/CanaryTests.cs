using System.Data.Common;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouwang.Application.Common;
using Shouwang.Application.Keeping;
using Shouwang.Application.People;
using Shouwang.Cli.Demo;
using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;
using Shouwang.IntegrationTests.Infrastructure;
using Xunit;

namespace Shouwang.IntegrationTests.Keeping;

/// <summary>A hundred people whose ID numbers and phones are known to nobody else go through everything; afterwards these are looked for in
/// whatever was written anywhere.</summary>
public sealed class CanaryTests
{
    private const int Canaries = 100;
    private const string Passphrase = "canary in a mine";

    [Theory, EachDatabase]
    public async Task A_hundred_people_leave_no_plain_id_number_or_phone_in_database_logs_or_backup(TestDatabase database)
    {
        var heard = new Heard();
        await using var house = await OpenHouse.On(database, s => s.AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(heard)));
        await SampleFiles.ImportAreas(house.Services, default);
        var secrets = Enumerable.Range(0, Canaries).SelectMany(i => new[] { IdOf(i), PhoneOf(i), RelativeOf(i) }).ToArray();

        var backup = await Live(house);

        var written = await Written(database, backup);
        Assert.True(written.Sum(w => w.Bytes.Length) > 100_000);
        Assert.Empty(written.Append(("logs", Encoding.UTF8.GetBytes(heard.ToString()))).SelectMany(w => Found(w.Item1, w.Item2, secrets)));
        Assert.True(heard.Lines > 100);
        Assert.Single(Found("control", Encoding.Unicode.GetBytes($"..{IdOf(7)}.."), secrets));
        Assert.Single(Found("control", Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(PhoneOf(7)))), secrets));
    }

    /// <summary>All that touches a number: handing in, errors, import, search, accounts, refused and broken requests.</summary>
    private static async Task<byte[]> Live(OpenHouse house)
    {
        var cadre = await house.SignIn(await house.Someone(Role.VillageCadre, new(Village.X)));
        var upload = house.NewId();
        var village = $"/api/v1/villages/{Village.X}";
        Assert.Equal(200, await Send(house, HttpMethod.Put, $"{village}/roster-uploads/{upload}", cadre, Roster()));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/api/v1/roster-uploads/{upload}", cadre));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/api/v1/roster-uploads/{upload}/marked-sheet", cadre));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/people/import/{upload}", cadre));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/roster-uploads/{upload}/entry", cadre));
        Assert.Equal(200, await Send(house, HttpMethod.Put, $"{village}/rosters/{house.NewId()}", cadre, Roster().Replace("女", "男")));
        Assert.Equal(200, await house.StatusOf(HttpMethod.Get, $"/people?text={PhoneOf(3)[^4..]}", cadre));

        var newcomer = new { name = "示新人", sex = "Male", born = "1980-05-01" };
        var body = new { newcomer, role = "Volunteer", area = $"{Village.X}", phone = PhoneOf(5) };
        Assert.Equal(200, await house.StatusOf(HttpMethod.Put, $"/api/v1/accounts/{house.NewId()}", cadre, body));
        Assert.Equal(409, await house.StatusOf(HttpMethod.Put, $"/api/v1/accounts/{house.NewId()}", cadre, body));
        Assert.Equal(400, (int)(await house.TrySignIn(PhoneOf(5), "not the password")).StatusCode);
        var nonsense = new { phone = IdOf(9), nonsense = IdOf(9) };
        Assert.Equal(400, await house.StatusOf(HttpMethod.Put, $"/api/v1/accounts/{house.NewId()}", cadre, nonsense));
        await Break(house, cadre);

        using var backup = new MemoryStream();
        _ = (await house.Get<BackUpHouse>().Run(backup, Passphrase, default)).Value;
        return backup.ToArray();
    }

    /// <summary>A mistake in the middle of a command that holds the numbers, and a database that is gone.</summary>
    private static async Task Break(OpenHouse house, string cadre)
    {
        var import = house.Get<ImportRoster>();
        var command = import.Read(house.NewId(), Village.X, new MemoryStream(Encoding.UTF8.GetBytes(Roster()))).Value;
        var work = house.Get<Workspace>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => work.Write<ImportRoster.Receipt>(
            command with { CommandId = house.NewId() }, Actor.System(Village.X),
            async unit =>
            {
                unit.Db.Add(house.NewPerson(Village.X, PersonRoles.Elder));
                await unit.Db.SaveChangesAsync();
                throw new InvalidOperationException("broken on purpose");
            },
            default));
        var path = $"/api/v1/villages/{Village.X}/roster-previews/{house.NewId()}";
        Assert.Equal(400, await Send(house, HttpMethod.Put, path, cadre, $"PK\u0003\u0004{IdOf(1)}"));
    }

    private static async Task<int> Send(OpenHouse house, HttpMethod method, string path, string cookie, string text)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        request.Headers.Add("Cookie", cookie);
        using var answer = await house.Client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    /// <summary>The roster; every tenth row has a fault, so that the numbers also pass through what is said of errors.</summary>
    private static string Roster() => "姓名,性别,出生日期,身份证号,联系电话,人员类别,村民组,户号,居住状况,家属姓名,家属电话\n" + string.Concat(
        Enumerable.Range(0, Canaries).Select(i =>
            $"金丝雀,{(i % 10 == 9 ? "不详" : "女")},,{IdOf(i)},{PhoneOf(i)},老年人,一组,{100 + i},独居,王雀儿,{RelativeOf(i)}\n"));

    private static string IdOf(int i) => NationalId.Complete($"990101194{i % 10}07{10 + (i / 10)}{(i * 2) + 700:000}");

    private static string PhoneOf(int i) => $"1007{i * 7919 % 10_000_000:0000000}";

    private static string RelativeOf(int i) => $"1009{(i * 7907 % 10_000_000) + 13:0000000}";

    /// <summary>Every file of the house, every row of the database, the backup.</summary>
    private static async Task<List<(string Name, byte[] Bytes)>> Written(TestDatabase database, byte[] backup)
    {
        var written = new List<(string, byte[])> { ("backup", backup) };
        foreach (var file in Directory.GetFiles(database.Folder, "*", SearchOption.AllDirectories))
        {
            written.Add((Path.GetFileName(file), Bytes(file)));
        }

        await using var connection = await database.Open(default);
        foreach (var table in await Tables(connection)) written.Add((table, Encoding.UTF8.GetBytes(await Rows(connection, table))));
        return written;
    }

    private static byte[] Bytes(string file)
    {
        using var shared = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var whole = new MemoryStream();
        shared.CopyTo(whole);
        return whole.ToArray();
    }

    private static async Task<List<string>> Tables(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = connection is Npgsql.NpgsqlConnection
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            : "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        return tables;
    }

    private static async Task<string> Rows(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await reader.ReadAsync())
        {
            for (var c = 0; c < reader.FieldCount; c++)
            {
                text.Append(reader.GetValue(c) is byte[] bytes ? Convert.ToHexString(bytes) + Encoding.Latin1.GetString(bytes)
                    : reader.GetValue(c)).Append('|');
            }
        }

        return text.ToString();
    }

    /// <summary>Where a number stands: as text, as UTF-16, in hexadecimal.</summary>
    private static IEnumerable<string> Found(string name, byte[] bytes, string[] secrets)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return from secret in secrets
               let plain = Encoding.UTF8.GetBytes(secret)
               where text.Contains(secret, StringComparison.Ordinal)
                   || text.Contains(Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)), StringComparison.Ordinal)
                   || text.Contains(Convert.ToHexString(plain), StringComparison.OrdinalIgnoreCase)
               select $"{name}: {secret}";
    }

    /// <summary>Everything that is logged, at the lowest level.</summary>
    private sealed class Heard : ILoggerProvider, ILogger
    {
        private readonly StringBuilder _text = new();

        public int Lines { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_text)
            {
                Lines++;
                _text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }

        public void Dispose() { }

        public override string ToString()
        {
            lock (_text) return _text.ToString();
        }
    }
}
