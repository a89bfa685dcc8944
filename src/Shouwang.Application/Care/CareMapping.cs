using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Care;

namespace Shouwang.Application.Care;

/// <summary>How visits are stored.</summary>
internal sealed class CareMapping : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("care_visit");
        builder.HasKey(v => v.Id);
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Items).HasConversion<int>();
        builder.Property(v => v.Witness).HasMaxLength(40);
        builder.HasQueryFilter("standing", v => v.State != VisitState.Corrected);
        builder.HasIndex(v => new { v.Elder, v.Day });
        builder.HasIndex(v => v.Call);
        builder.HasIndex(v => new { v.Volunteer, v.Day });
        builder.HasIndex(v => new { v.Point, v.Day });
        builder.HasIndex(v => new { v.Area, v.State });
    }
}
