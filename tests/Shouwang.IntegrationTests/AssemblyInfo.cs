// Marks the assembly; the tests live in folders named like the modules they are about.
[assembly: Xunit.AssemblyFixture(typeof(Shouwang.IntegrationTests.Infrastructure.EndOfRun))]
