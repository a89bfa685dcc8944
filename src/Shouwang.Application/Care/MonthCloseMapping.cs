using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Care;

namespace Shouwang.Application.Care;

/// <summary>How closed months are stored.</summary>
internal sealed class MonthCloseMapping : IEntityTypeConfiguration<MonthClose>
{
    public void Configure(EntityTypeBuilder<MonthClose> builder)
    {
        builder.ToTable("care_month_close");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Ignore(c => c.Stands);
        builder.HasIndex(c => new { c.Area, c.Point, c.Month }).IsUnique();
        builder.HasIndex(c => new { c.State, c.Month, c.Area, c.Id });
    }
}
