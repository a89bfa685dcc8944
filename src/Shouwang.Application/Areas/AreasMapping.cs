using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Areas;

namespace Shouwang.Application.Areas;

/// <summary>How the dated entries of the administrative tree and their successors are stored.</summary>
internal sealed class AreasMapping : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.ToTable("areas_area");
        builder.HasKey(a => new { a.Area, a.ValidFrom });
        builder.Property(a => a.Area).ValueGeneratedNever();
        builder.Property(a => a.ValidFrom).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(Area.LongestName);
        builder.HasIndex(a => new { a.Level, a.Area });
        builder.Ignore(a => a.Code);
        builder.Ignore(a => a.Period);
        builder.Ignore(a => a.IsReplaced);
        builder.OwnsMany(a => a.Successors, successor =>
        {
            successor.ToTable("areas_succession");
            successor.WithOwner().HasForeignKey(nameof(Succession.From), "ValidFrom");
            successor.HasKey(nameof(Succession.From), "ValidFrom", nameof(Succession.Line));
            successor.Property(s => s.Line).ValueGeneratedNever();
            successor.HasIndex(s => s.To);
        });
    }
}
