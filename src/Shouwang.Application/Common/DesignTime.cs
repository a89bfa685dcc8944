using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Shouwang.Application.Common;

/// <summary>Lets `dotnet ef migrations add` see both contexts without a database.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteShouwangDb>, IDesignTimeDbContextFactory<PostgresShouwangDb>
{
    SqliteShouwangDb IDesignTimeDbContextFactory<SqliteShouwangDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteShouwangDb>().UseSqlite().Options);

    PostgresShouwangDb IDesignTimeDbContextFactory<PostgresShouwangDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresShouwangDb>().UseNpgsql().Options);
}
