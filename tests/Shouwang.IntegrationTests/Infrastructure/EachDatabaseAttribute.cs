using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Shouwang.IntegrationTests.Infrastructure;

/// <summary>Runs a theory once on SQLite and once on PostgreSQL, each time with a <see cref="TestDatabase"/> of its own: tables and
/// nothing in them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute, IBeforeAfterTestAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow<TestDatabase>(new TestDatabase(kind)))]);

    /// <summary>Never while tests are only being listed: a row must reach the test it was made for.</summary>
    public override bool SupportsDiscoveryEnumeration() => false;

    // xUnit asks for these synchronously; off its own threads, waiting cannot block the work that is waited for.
    public void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        Task.Run(() => Database(test).MakeReady(CancellationToken.None)).GetAwaiter().GetResult();

    public void After(MethodInfo methodUnderTest, IXunitTest test) =>
        Task.Run(() => Database(test).DisposeAsync().AsTask()).GetAwaiter().GetResult();

    private static TestDatabase Database(IXunitTest test) => test.TestMethodArguments.OfType<TestDatabase>().Single();
}
